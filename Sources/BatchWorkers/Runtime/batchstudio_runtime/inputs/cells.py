"""Text cells as the values of a signature's types.

| type | text that is taken | missing |
|---|---|---|
| double, float | decimal notation, `inf`, `infinity`; not larger than the type | any text of MISSING: NaN |
| long, integer | whole numbers in the type's range, `5.0` and `1e3` too; never through floats | does not fit |
| boolean | `true`, `false` in any case, `1`, `0` | does not fit; None in an optional column |
| datetime | ISO 8601 (see `times`), or the formats of `read_options.date_formats` | any text of MISSING: NaT |
| string | any, as it is | in an optional column the empty text; in a required one none: it stays empty |
| binary | base64 | as string |
| array, object, map | JSON | as string |

Hexadecimal numbers and `1_000` do not fit. Numbers, booleans and times may be surrounded by spaces and tabs. Decimal and
thousands separators are those of the read options; thousands come in groups of three. `read_options.missing_values`
replaces the missing texts of all types.
"""
import base64
import binascii
import decimal
import math
import re
from typing import Any, Callable, Dict, FrozenSet, List, Optional, Pattern

import numpy
import pandas

from batchstudio_runtime.inputs import times
from batchstudio_runtime.inputs.columns import DTYPES, Column, ColumnType
from batchstudio_runtime.inputs.headers import yaml_text
from batchstudio_runtime.inputs.limits import EXACT, RANGES, SPACES, WHOLE_NUMBERS, quoted
from batchstudio_runtime.inputs.read_options import ReadOptions

# Those of pandas.read_csv.
MISSING = frozenset((
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
    "NULL", "NaN", "None", "n/a", "nan", "null",
))
BITS = {"long": 64, "integer": 32}
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
WHOLE_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
INFINITY = re.compile(r"[+-]?inf(inity)?", re.ASCII | re.IGNORECASE)
# Of these characters float() and int() take nothing but decimal notation.
PLAIN_NUMBERS = re.compile(r"[0-9+\-.eE \t]*")
PLAIN_WHOLE_NUMBERS = re.compile(r"[0-9+\- \t]*")
# A zero before other digits, or a plus, is of a text: a zip code, a telephone number.
LABEL = re.compile(r"[ \t]*(?:-?0\d|\+)", re.ASCII)
MADE_OF_SIGNATURE = "the model's signature says"
MADE_OF_SAMPLE = "the types inferred from the input (or given as read_options.types) say"
# Stands in an array for a cell that does not fit.
UNFIT = object()


class BadCell(ValueError):
    """A cell or value that does not fit its column's type."""

    @classmethod
    def at(
        cls, column: Column, row: int, problem: object, line: Optional[int] = None, count: int = 1, says: str = MADE_OF_SIGNATURE
    ) -> "BadCell":
        """Returns the error for the first bad cell of a column: rows are counted from 1."""
        place = f"row {row}" if line is None else f"row {row} (line {line})"
        more = f"; {count} cells of this column do not fit" if count > 1 else ""
        return cls(f"column '{column.name}', {place}: {problem}; {says} {column.type}{more}")


class CellRules:
    """The parts of the read options that decide what a cell means."""

    def __init__(self, options: ReadOptions, says: str = MADE_OF_SIGNATURE) -> None:
        self._options = options
        self._infers = says == MADE_OF_SAMPLE
        self._given = None if options.missing_values is None else frozenset(options.missing_values)
        self.decimal = options.decimal or "."
        self.thousands = options.thousands
        self.number, self.whole_number = NUMBER, WHOLE_NUMBER
        if self.decimal != "." or self.thousands:
            digits = r"\d+"
            if self.thousands:
                digits = rf"(?:\d{{1,3}}(?:{re.escape(self.thousands)}\d{{3}})+|\d+)"
            point = re.escape(self.decimal)
            self.number = re.compile(rf"[+-]?({digits}({point}\d*)?|{point}\d+)([eE][+-]?\d+)?", re.ASCII)
            self.whole_number = re.compile(rf"[+-]?{digits}", re.ASCII)

    @property
    def has_plain_numbers(self) -> bool:
        return self.number is NUMBER

    def missing_of(self, column: Column) -> FrozenSet[str]:
        """Returns the texts that are missing values in this column."""
        if self._given is not None:
            return self._given
        if column.type in DTYPES or column.type == "datetime":
            return MISSING
        return frozenset() if column.is_required else frozenset(("",))

    def has_missing_values_in(self, column: Column) -> bool:
        """Returns whether a missing text of this column could be taken for one of its values, as -999 for a number."""
        if self._given is None or column.type not in DTYPES:
            return False
        if column.type == "boolean":
            return any(text.lower() in BOOLEANS for text in self._given)
        return any(self.number.fullmatch(text) or INFINITY.fullmatch(text) for text in self._given)

    def is_inferred(self, column: Column) -> bool:
        """Returns whether the column's type comes from a sample of the input: no user has declared that it holds numbers."""
        return self._infers and str(column.name) not in (self._options.types or {})

    def date_formats_of(self, column: Column) -> Optional[List[str]]:
        return self._options.date_formats_of(str(column.name))

    def plain(self, text: str) -> str:
        """Returns a number's text with a point and without thousands."""
        if self.thousands:
            text = text.replace(self.thousands, "")
        return text.replace(self.decimal, ".")


class Cells:
    """Converts the text cells of one column, batch by batch, and keeps what does not fit.

        cells = Cells(Column("a", "double", True), CellRules(ReadOptions()))
        cells.convert(["1", " 2"])  # array([1., 2.])
        cells.convert(["x"])        # array([nan]); cells.first_bad == 3, cells.bad_count == 1
    """

    def __init__(self, column: Column, rules: CellRules, rows: int = 0) -> None:
        self.column = column
        self._rules = rules
        self._missing = rules.missing_of(column)
        self._has_plain_numbers = rules.has_plain_numbers and not rules.has_missing_values_in(column)
        self._is_inferred = rules.is_inferred(column)
        self._kind = column.type if isinstance(column.type, str) else "nested"
        self._formats = rules.date_formats_of(column) if self._kind == "datetime" else None
        self._times: Dict[str, int] = {}
        self.rows = rows
        self.first_bad: Optional[int] = None  # counted from 1
        self.problem: Optional[str] = None
        self.bad_count = 0

    def convert(self, texts: List[str]) -> Any:
        """Returns the values of these texts: an array, or a list for texts, bytes and nested values."""
        values = self._converted(texts)
        self.rows += len(texts)
        return values

    def error(self, line: Optional[int] = None, says: str = MADE_OF_SIGNATURE) -> Optional[BadCell]:
        """Returns the error for the cells that did not fit, None if all did."""
        if self.first_bad is None:
            return None
        return BadCell.at(self.column, self.first_bad, self.problem, line, self.bad_count, says)

    def _converted(self, texts: List[str]) -> Any:
        if self._kind in ("double", "float"):
            return self._doubles(texts)
        if self._kind in ("long", "integer"):
            return self._whole_numbers(texts)
        if self._kind == "boolean":
            return self._booleans(texts)
        if self._kind == "datetime":
            values = self._each(texts, self._time, times.NAT, strips=True)
            return numpy.array(values, dtype="int64").view("datetime64[ns]")
        if self._kind == "string":
            return [None if text in self._missing else text for text in texts] if self._missing else texts
        return self._each(texts, self._bytes if self._kind == "binary" else self._nested, None)

    def _each(self, texts: List[str], convert: Callable[[str], Any], missing: Any, strips: bool = False) -> List[Any]:
        """Returns the value of each text by a function that raises ValueError with the problem."""
        values = []
        for index, text in enumerate(texts):
            stripped = text.strip(SPACES) if strips else text
            if stripped in self._missing:
                values.append(missing)
                if missing is UNFIT:
                    self._keep(index, "the value is missing")
                continue
            try:
                values.append(convert(stripped))
            except ValueError as error:
                self._keep(index, f"{quoted(text)} {error}")
                values.append(missing)
        return values

    def _keep(self, index: int, problem: str) -> None:
        self.bad_count += 1
        if self.first_bad is None:
            self.first_bad = self.rows + index + 1
            self.problem = problem

    def _doubles(self, texts: List[str]) -> numpy.ndarray:
        numbers = self._plain_numbers(texts, PLAIN_NUMBERS, float, "float64")
        if numbers is not None:
            numbers = self._in_kind(numbers)
        if numbers is None or not numpy.isfinite(numbers).all() or self._is_inferred and has_large(numbers):
            values = self._each(texts, self._number, math.nan, strips=True)
            numbers = self._in_kind(numpy.array(values, dtype="float64"))
        return numbers

    def _in_kind(self, numbers: numpy.ndarray) -> numpy.ndarray:
        with numpy.errstate(over="ignore"):
            return numbers.astype(DTYPES[self._kind])

    def _plain_numbers(
        self, texts: List[str], characters: Pattern[str], convert: Callable[[str], Any], dtype: str
    ) -> Optional[numpy.ndarray]:
        """Returns the numbers of texts in plain notation, None where some text needs a closer look."""
        if not self._has_plain_numbers or not characters.fullmatch("".join(texts)):
            return None
        if self._is_inferred and any(map(LABEL.match, texts)):
            return None
        try:
            return numpy.array([convert(text) for text in texts], dtype=dtype)
        except (ValueError, OverflowError):
            return None

    def _number(self, text: str) -> float:
        if self._rules.number.fullmatch(text):
            self._refuse_label(text)
            number = float(self._rules.plain(text))
            if math.isinf(number) or self._kind == "float" and numpy.isinf(self._in_kind(numpy.array(number))):
                raise ValueError(f"is too large for {self.column.type}")
            if self._is_inferred and abs(number) >= EXACT and self._rules.whole_number.fullmatch(text):
                self._refuse_rounded(text)
            return number
        if INFINITY.fullmatch(text):
            return float(text)
        raise ValueError("is not a number")

    def _refuse_label(self, text: str) -> None:
        """Raises an error for a text that is more than its number, in a column whose type no user has declared."""
        if self._is_inferred and LABEL.match(text):
            raise ValueError(f"loses its zeros or plus as a number. {self._advice()}")

    def _refuse_rounded(self, text: str) -> None:
        if abs(int(self._rules.plain(text))) > EXACT:
            raise ValueError(f"is a whole number beyond 2^53, which double may round. {self._advice()}")

    def _advice(self) -> str:
        return f"Give the column's type with read_options.types: {{{yaml_text(str(self.column.name))}: string}}"

    def _whole_numbers(self, texts: List[str]) -> numpy.ndarray:
        smallest, largest = RANGES[self._kind]
        numbers = self._plain_numbers(texts, PLAIN_WHOLE_NUMBERS, int, "int64")
        if numbers is None or len(numbers) and not (smallest <= numbers.min() and numbers.max() <= largest):
            values = self._each(texts, self._whole_number, UNFIT, strips=True)
            numbers = numpy.array([0 if value is UNFIT else value for value in values], dtype="int64")
        return numbers.astype(DTYPES[self._kind])

    def _whole_number(self, text: str) -> int:
        smallest, largest = RANGES[self._kind]
        if not self._rules.number.fullmatch(text):
            raise ValueError(f"is not {WHOLE_NUMBERS[self._kind]}")
        self._refuse_label(text)
        try:
            number = decimal.Decimal(self._rules.plain(text))
        except decimal.DecimalException:  # an exponent of twenty digits
            raise ValueError(f"is not a whole number of {BITS[self._kind]} bits")
        if not number:
            return 0
        # An exponent alone can make a number that fills the memory.
        if number.adjusted() > 19:
            raise ValueError(f"is not a whole number of {BITS[self._kind]} bits")
        if number != number.to_integral_value():
            raise ValueError(f"is not {WHOLE_NUMBERS[self._kind]}")
        if not smallest <= number <= largest:
            raise ValueError(f"is not a whole number of {BITS[self._kind]} bits")
        return int(number)

    def _booleans(self, texts: List[str]) -> numpy.ndarray:
        missing = UNFIT if self.column.is_required else None
        values = self._each(texts, self._boolean, missing, strips=True)
        if None in values:
            return numpy.array(values, dtype=object)
        return numpy.array([value is True for value in values], dtype=bool)

    @staticmethod
    def _boolean(text: str) -> bool:
        value = BOOLEANS.get(text.lower())
        if value is None:
            raise ValueError("is not true or false")
        return value

    def _time(self, text: str) -> int:
        # Times come again and again: a day for all rows of a file.
        nanoseconds = self._times.get(text)
        if nanoseconds is None:
            formats = self._formats
            nanoseconds = times.nanoseconds_by(formats, text) if formats else times.nanoseconds_of(text)
            if nanoseconds is None:
                raise ValueError(
                    f"is not a time in the format {' or '.join(formats)}" if formats
                    else "is not a time in ISO 8601 between 1677-09-21 and 2262-04-11 (give its format with"
                    " read_options.date_formats)"
                )
            if len(self._times) < 100000:
                self._times[text] = nanoseconds
        return nanoseconds

    @staticmethod
    def _bytes(text: str) -> bytes:
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            raise ValueError("is not base64")

    def _nested(self, text: str) -> Any:
        from batchstudio_runtime.inputs import json_values, nested

        try:
            value = json_values.parse(text)
        except ValueError:
            raise ValueError("is not JSON")
        if value is None and not self.column.is_required:
            return None
        try:
            return nested.convert(value, self.column.type)
        except ValueError as error:
            raise ValueError(f"does not fit: {error}")


def has_large(numbers: numpy.ndarray) -> bool:
    """Returns whether there is a number of which the next whole number may be no double."""
    return bool((numpy.abs(numbers) >= EXACT).any())


def series_of(values: Any, type_: Optional[ColumnType]) -> Any:
    """Returns converted values as the column of a frame, texts as pandas.read_csv has them."""
    if type_ == "string":
        if PANDAS_HAS_STR:
            return pandas.array(values, dtype="str")
        values = [numpy.nan if value is None else value for value in values]
    if isinstance(values, numpy.ndarray):
        return values
    array = numpy.empty(len(values), dtype=object)
    array[:] = values
    return array


PANDAS_HAS_STR = int(pandas.__version__.split(".")[0]) >= 3
