"""The formats of input files, and the extensions of their names.

`read_options.format` takes the names of all but images; the executor's list is compared with them by a test.
"""
DELIMITED = "delimited"
IMAGE = "image"
# The formats whose values have types of their own.
TYPED_EXTENSIONS = {
    ".parquet": "parquet", ".pqt": "parquet", ".arrow": "arrow", ".feather": "arrow", ".ipc": "arrow", ".orc": "orc",
    ".avro": "avro", ".xlsx": "excel", ".xlsm": "excel", ".xls": "excel", ".json": "json", ".jsonl": "json_lines",
    ".ndjson": "json_lines",
}
