"""What the format of a file is called: `CSV, delimiter ';', UTF-8, header`."""
import codecs

from batchstudio_runtime.inputs import compression, proposals
from batchstudio_runtime.inputs.file_kinds import DELIMITED, IMAGE, TEXT_FORMATS, kind_of
from batchstudio_runtime.inputs.opening import MARKS, open_bytes
from batchstudio_runtime.inputs.regular_files import open_input

NAMES = {
    "parquet": "Parquet", "arrow": "Arrow", "orc": "ORC", "avro": "Avro", "excel": "Excel", "json": "JSON",
    "json_lines": "JSON lines", IMAGE: "images", DELIMITED: "CSV",
}


class FormatNames:
    """The formats of the files of an input."""

    def __init__(self, options):
        self._options = options
        self._kinds = {}

    def kind_of(self, path):
        """Returns the kind of a file; raises an error when it has none."""
        if path not in self._kinds:
            self._kinds[path] = kind_of(path, self._options)
        return self._kinds[path]

    def of_first(self, paths, table):
        """Returns the format of the file that is shown, or of the first that has one."""
        known = [path for path in paths if path in self._kinds]
        path = table.file.path if table is not None else known[0] if known else None
        if path is None:
            return ""
        kind = self._kinds[path]
        parts = [NAMES[kind]]
        if kind == DELIMITED and table is not None:
            delimiter = table.layout.dialect.delimiter
            parts = ["TSV" if delimiter == "\t" else "CSV", "delimiter {}".format(proposals.shown(delimiter))]
            if table.layout.dialect.quote != '"':
                parts.append("no quotes" if table.layout.dialect.quote is None else "quote " + table.layout.dialect.quote)
        if kind in TEXT_FORMATS:
            parts.append(encoding_of(path, self._options))
        if kind == DELIMITED and table is not None:
            parts.append("header" if table.has_header else "no header")
        packed = compression_of(path) if kind in TEXT_FORMATS else None
        return ", ".join(parts + ([packed] if packed else []))

    def notes(self, paths):
        """Returns a sentence where the files are of several formats."""
        counts = {}
        for path in paths:
            if path in self._kinds:
                name = NAMES[self._kinds[path]]
                counts[name] = counts.get(name, 0) + 1
        if len(counts) < 2:
            return []
        listed = ", ".join("{} {}".format(count, name) for name, count in counts.items())
        return ["The files are of several formats: {}.".format(listed)]


def encoding_of(path, options):
    with open_bytes(path) as (_, pieces):
        start = next(iter(pieces), b"")
    marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
    name = marked or options.encoding or "utf-8"
    shown = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(codecs.lookup(name).name, name)
    return shown + (" with byte order mark" if marked == "utf-8" else "")


def compression_of(path):
    with open_input(path) as file:
        return compression.compression_of(file.read(compression.MAGIC_LENGTH))
