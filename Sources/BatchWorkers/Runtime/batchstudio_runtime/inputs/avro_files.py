"""Avro files, read by fastavro with their logical types: dates, times, decimals, UUIDs."""
import uuid
from typing import Any, List

from batchstudio_runtime.inputs.regular_files import open_input
from batchstudio_runtime.inputs.system_errors import unreadable
from batchstudio_runtime.inputs.value_table import ValueTable


class AvroTable(ValueTable):
    """The records of an Avro container file."""

    def __init__(self, path: str) -> None:
        try:
            import fastavro
        except ImportError:
            raise ImportError("Avro files are read by fastavro: add 'fastavro' to the model's environment")
        with open_input(path) as file:
            try:
                reader = fastavro.reader(file)
                self._schema = reader.writer_schema
                self._records = list(reader)
            except MemoryError:
                raise
            except Exception as error:  # fastavro lets through whatever its decoders raise
                raise unreadable(error, "Avro")
        if not isinstance(self._schema, dict) or self._schema.get("type") != "record":
            raise ValueError("the Avro file has no records: its schema is not a record with fields")
        super().__init__([field["name"] for field in self._schema["fields"]])

    def type_texts(self) -> List[str]:
        return [type_text(field["type"]) for field in self._schema["fields"]]

    def values(self, name: str) -> List[Any]:
        return [plain(record[name]) for record in self._records]

    def row_count(self) -> int:
        return len(self._records)


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value


def type_text(type_: Any) -> str:
    """Returns an Avro type as a message names it: `timestamp-millis`, `string or null`."""
    if isinstance(type_, list):
        return " or ".join(type_text(member) for member in type_)
    if isinstance(type_, dict):
        return type_.get("logicalType") or type_text(type_["type"])
    return str(type_)
