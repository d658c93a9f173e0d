"""The description of a file's format: `CSV, delimiter ';', UTF-8, header`."""
import codecs
from typing import Dict, List, Optional

from batchstudio_runtime.inputs import compression, proposals
from batchstudio_runtime.inputs.file_kinds import TEXT_FORMATS, kind_of
from batchstudio_runtime.inputs.format_names import DELIMITED, IMAGE
from batchstudio_runtime.inputs.opening import MARKS, open_bytes
from batchstudio_runtime.inputs.preview_tables import Table, TextTable
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.regular_files import open_input

NAMES = {
    "parquet": "Parquet", "arrow": "Arrow", "orc": "ORC", "avro": "Avro", "excel": "Excel", "json": "JSON",
    "json_lines": "JSON lines", IMAGE: "images", DELIMITED: "CSV",
}


class FormatNames:
    """The formats of the files of an input."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._kinds: Dict[str, str] = {}

    def kind_of(self, path: str) -> str:
        """Returns the kind of a file; raises an error when it has none."""
        if path not in self._kinds:
            self._kinds[path] = kind_of(path, self._options)
        return self._kinds[path]

    def of_first(self, paths: List[str], table: Optional[Table]) -> str:
        """Returns the description of the file that is shown, or of the first with a known format."""
        known = [path for path in paths if path in self._kinds]
        path = table.file.path if table is not None else known[0] if known else None
        if path is None:
            return ""
        kind = self._kinds[path]
        parts = [NAMES[kind]]
        if isinstance(table, TextTable):
            delimiter = table.layout.dialect.delimiter
            parts = ["TSV" if delimiter == "\t" else "CSV", f"delimiter {proposals.shown(delimiter)}"]
            if table.layout.dialect.quote != '"':
                parts.append("no quotes" if table.layout.dialect.quote is None else "quote " + table.layout.dialect.quote)
        if kind in TEXT_FORMATS:
            parts.append(encoding_of(path, self._options))
        if isinstance(table, TextTable):
            parts.append("header" if table.has_header else "no header")
        packed = compression_of(path) if kind in TEXT_FORMATS else None
        return ", ".join(parts + ([packed] if packed else []))

    def notes(self, paths: List[str]) -> List[str]:
        """Returns a sentence where the files are of several formats."""
        counts: Dict[str, int] = {}
        for path in paths:
            if path in self._kinds:
                name = NAMES[self._kinds[path]]
                counts[name] = counts.get(name, 0) + 1
        if len(counts) < 2:
            return []
        listed = ", ".join(f"{count} {name}" for name, count in counts.items())
        return [f"The files are of several formats: {listed}."]


def encoding_of(path: str, options: ReadOptions) -> str:
    with open_bytes(path) as (_, pieces):
        start = next(iter(pieces), b"")
    marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
    name = marked or options.encoding or "utf-8"
    shown = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(codecs.lookup(name).name, name)
    return shown + (" with byte order mark" if marked == "utf-8" else "")


def compression_of(path: str) -> Optional[str]:
    with open_input(path) as file:
        return compression.compression_of(file.read(compression.MAGIC_LENGTH))
