"""Excel workbooks, one sheet of them, read by openpyxl with the values that Excel stored."""
import contextlib
from typing import Any, Iterator, List, NamedTuple, Optional

from batchstudio_runtime.inputs.cells import CellRules
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.regular_files import open_input
from batchstudio_runtime.inputs.system_errors import unreadable
from batchstudio_runtime.inputs.value_table import ValueTable

# The container of workbooks before 2007, and of encrypted ones.
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
NOT_AVAILABLE = "#N/A"
NAN = float("nan")  # missing, though the cell is not blank


class ErrorValue:
    """An error value of a cell, such as #DIV/0!; no column takes it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


class Sheet(NamedTuple):
    """The rows of a sheet below its header, the first of which is in this line.

    Blank rows at the end are dropped; `has_blank_end` is true where there were any.
    """

    names: List[str]
    first_line: int
    rows: List[List[Any]]
    has_blank_end: bool


class ExcelTable(ValueTable):
    """The rows of a sheet below its header.

    Blank rows at the end are dropped; others are rows of missing values. Texts in columns of numbers are read as in CSV.
    """

    takes_names = False  # sheet_rows() has them

    def __init__(self, path: str, options: ReadOptions) -> None:
        self._path = path
        self._options = options
        self.rules = CellRules(options)
        sheet = sheet_rows(path, options)
        super().__init__(sheet.names)
        self._first_line = sheet.first_line
        self._rows = sheet.rows
        self._has_blank_end = sheet.has_blank_end

    def values(self, name: str) -> List[Any]:
        index = self.names.index(name)
        values = [row[index] if index < len(row) else None for row in self._rows]
        if self._has_blank_end or any(value is None for value in values):
            self._check_formulas(index, name)
        return values

    def line_of(self, position: int) -> Optional[int]:
        return self._first_line + position

    def row_count(self) -> int:
        return len(self._rows)

    def _check_formulas(self, index: int, name: str) -> None:
        """Raises an error for a formula whose value was never stored: it reads as an empty cell."""
        with sheet_of(self._path, self._options, has_values=False) as sheet:
            for position, row in enumerate(sheet.iter_rows(min_row=self._first_line)):
                if index < len(row) and row[index].data_type == "f":
                    found = self._rows[position] if position < len(self._rows) else []
                    if index >= len(found) or found[index] is None:
                        raise ValueError(
                            f"column '{name}', row {position + 1} (line {self.line_of(position)}): the formula has no "
                            "stored value. Open the workbook in Excel, or another program that computes it, and save it."
                        )


def sheet_rows(path: str, options: ReadOptions) -> Sheet:
    with sheet_of(path, options, has_values=True) as sheet:
        rows = [[value_of(cell) for cell in row] for row in sheet.iter_rows()]
    count = len(rows)
    while rows and is_blank(rows[-1]):
        rows.pop()
    has_blank_end, start = len(rows) < count, options.skip_rows or 0
    while start < len(rows) and is_blank(rows[start]):
        start += 1
    rows = rows[start:]
    header: Optional[List[Optional[str]]] = None
    if options.header is not False:
        if not rows:
            raise ValueError("the sheet is empty: not even a header")
        header, rows, start = [name_of(value) for value in rows[0]], rows[1:], start + 1
        while header and header[-1] is None:
            header.pop()
    return Sheet(names_for(header, rows, options), start + 1, rows, has_blank_end)


def names_for(header: Optional[List[Optional[str]]], rows: List[List[Any]], options: ReadOptions) -> List[str]:
    """Returns the names of the columns: the options' or the header's; those of pandas for columns that have none."""
    if options.column_names is not None:
        width = max([len(trimmed(row)) for row in rows] + [len(header or [])])
        if len(options.column_names) != width:
            raise ValueError(f"read_options.column_names has {len(options.column_names)} names; the sheet has {width} columns")
        return list(options.column_names)
    if header is None:
        return [str(index) for index in range(max([len(trimmed(row)) for row in rows] + [0]))]
    return [f"Unnamed: {index}" if name is None else name for index, name in enumerate(header)]


def trimmed(row: List[Any]) -> List[Any]:
    length = len(row)
    while length and row[length - 1] is None:
        length -= 1
    return row[:length]


def is_blank(row: List[Any]) -> bool:
    return all(value is None for value in row)


def name_of(value: Any) -> Optional[str]:
    return None if value is None else str(value)


def value_of(cell: Any) -> Any:
    if cell.data_type == "e":
        return NAN if cell.value == NOT_AVAILABLE else ErrorValue(cell.value)
    return cell.value


@contextlib.contextmanager
def sheet_of(path: str, options: ReadOptions, has_values: bool) -> Iterator[Any]:
    """Opens the sheet; `has_values` gives the stored values of formulas, otherwise the formulas."""
    try:
        import openpyxl
    except ImportError:
        raise ImportError("Excel workbooks are read by openpyxl: add 'openpyxl' to the model's environment")
    with open_input(path) as file:
        if file.read(len(OLE_MAGIC)) == OLE_MAGIC:
            raise ValueError("the workbook is of the old format .xls or is encrypted. Save it as .xlsx without a password.")
        file.seek(0)
        try:
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=has_values)
        except MemoryError:
            raise
        except Exception as error:  # zip, XML and key errors of all kinds
            raise unreadable(error, "an Excel workbook")
        try:
            sheet = chosen(workbook, options.sheet)
            sheet.reset_dimensions()  # some writers state dimensions that are too small
            yield sheet
        finally:
            workbook.close()


def chosen(workbook: Any, name: Optional[str]) -> Any:
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    if not sheets:
        raise ValueError("the workbook has no sheet with cells")
    if name is None:
        return workbook.worksheets[0]
    if name not in sheets:
        raise ValueError(f"the workbook has no sheet '{name}'; it has {', '.join(sheets)}")
    return sheets[name]
