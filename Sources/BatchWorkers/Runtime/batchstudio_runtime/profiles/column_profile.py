"""The profile of one column: what kinds of values it has, the most frequent of them, and its numbers."""
import collections
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from batchstudio_runtime.profiles.number_profile import Number, NumberProfile
from batchstudio_runtime.scoring.errors import clean

MAX_TEXT = 200  # characters of a value that is counted by itself
NUMBER, TEXT, BOOLEAN, TIME, NESTED = "number", "text", "boolean", "time", "nested"


class Limits(NamedTuple):
    """How much is kept of each column, given how many there are."""

    values: int
    bins: int

    @staticmethod
    def of(columns: int) -> "Limits":
        return Limits(max(20, min(1000, 50_000 // max(1, columns))), max(128, min(2048, 262_144 // max(1, columns))))

    def least(self, other: "Limits") -> "Limits":
        return Limits(min(self.values, other.values), min(self.bins, other.bins))


class Lengths:
    """The lengths of texts, in characters."""

    def __init__(self) -> None:
        self.count = 0
        self.minimum = 0
        self.maximum = 0
        self.sum = 0

    def add(self, lengths: List[int], counts: Optional[List[int]] = None) -> None:
        if lengths:
            total = sum(lengths) if counts is None else sum(length * count for length, count in zip(lengths, counts))
            self.merge([len(lengths) if counts is None else sum(counts), min(lengths), max(lengths), total])

    def merge(self, other: List[int]) -> None:
        count, minimum, maximum, total = other
        if count:
            self.minimum = min(self.minimum, minimum) if self.count else minimum
            self.maximum = max(self.maximum, maximum)
            self.count += count
            self.sum += total

    def as_json(self) -> List[int]:
        return [self.count, self.minimum, self.maximum, self.sum]


class ColumnProfile:
    """The profile of a column's values.

    One that is begun as `like` another, with which it will be merged, has nothing that is lost by that.
    """

    def __init__(self, limits: Limits, like: "Optional[ColumnProfile]" = None) -> None:
        self.limits = limits
        self.missing = 0
        self.kinds: Dict[str, int] = collections.Counter()
        self.values: Optional[Dict[str, int]] = {}  # None once there are too many, or a long text
        self.lengths = Lengths()
        self.numbers: Optional[NumberProfile] = None
        if like is not None:
            self._begin_like(like)

    def _begin_like(self, other: "ColumnProfile") -> None:
        if other.values is None:
            self.values = None
        if other.numbers is not None:
            self._numbers().bins.shift = other.numbers.bins.shift

    @property
    def cells(self) -> int:
        """How many values there are, missing ones too."""
        return self.missing + sum(self.kinds.values())

    # Values

    def add_numbers(self, numbers: List[Number]) -> None:
        """Adds Python numbers, none of them NaN."""
        self.kinds[NUMBER] += len(numbers)
        self._numbers().add(numbers)
        self.count_values(collections.Counter(map(text_of_number, numbers)))

    def add_times(self, microseconds: List[int], texts: List[str]) -> None:
        """Adds times, as microseconds since 1970 and as they are written."""
        self.kinds[TIME] += len(microseconds)
        self._numbers().add(microseconds)
        self.count_values(collections.Counter(texts))

    def add_time_array(self, microseconds: Any, counts: Optional[Dict[str, int]]) -> None:
        """Adds a NumPy array of times, as microseconds since 1970; `counts` are their texts, None for too many."""
        self.kinds[TIME] += len(microseconds)
        self._numbers().add_array(microseconds)
        self.count_values(counts)

    def add_texts(self, texts: List[str]) -> None:
        self.add_counted_texts(collections.Counter(texts))

    def add_counted_texts(self, counts: Dict[str, int]) -> None:
        """Adds texts, of each so many."""
        self.kinds[TEXT] += sum(counts.values())
        self.lengths.add(list(map(len, counts)), list(counts.values()))
        self.count_values(counts)

    def add_long_texts(self, lengths: List[int]) -> None:
        """Adds texts that are not counted by themselves, by their lengths."""
        self.kinds[TEXT] += len(lengths)
        self.lengths.add(lengths)
        self.values = None

    def add_array(self, numbers: Any, counts: Optional[Dict[str, int]]) -> None:
        """Adds a NumPy array of numbers, none of them NaN; `counts` are their texts, None for too many."""
        self.kinds[NUMBER] += len(numbers)
        self._numbers().add_array(numbers)
        self.count_values(counts)

    def add_booleans(self, false: int, true: int) -> None:
        self.kinds[BOOLEAN] += false + true
        self.count_values({text: count for text, count in (("False", false), ("True", true)) if count})

    def add_nested(self, count: int) -> None:
        if count:
            self.kinds[NESTED] += count
            self.values = None

    def count_values(self, counts: Optional[Dict[str, int]]) -> None:
        if self.values is None:
            return
        if counts is None or len(counts) > self.limits.values or any(len(text) > MAX_TEXT for text in counts):
            self.values = None
            return
        for text, count in counts.items():
            self.values[text] = self.values.get(text, 0) + count
        if len(self.values) > self.limits.values:
            self.values = None

    def _numbers(self) -> NumberProfile:
        if self.numbers is None:
            self.numbers = NumberProfile(self.limits.bins)
        return self.numbers

    def merge(self, other: "ColumnProfile") -> None:
        """Adds what another profile holds."""
        self.limit(other.limits)
        self.missing += other.missing
        for kind, count in other.kinds.items():
            self.kinds[kind] += count
        self.count_values(other.values)
        self.lengths.merge(other.lengths.as_json())
        if other.numbers is not None:
            self._numbers().merge(other.numbers)

    def limit(self, limits: Limits) -> None:
        """Keeps no more than these limits allow from now on."""
        limits = self.limits.least(limits)
        if limits != self.limits:
            self.limits = limits
            self.count_values({})
            if self.numbers is not None:
                self.numbers.bins.limit = limits.bins

    # Records

    def as_json(self) -> Dict[str, Any]:
        """Returns what `from_json` reads."""
        return {
            "missing": self.missing, "kinds": self.kinds, "values": self.values, "lengths": self.lengths.as_json(),
            "numbers": None if self.numbers is None else self.numbers.as_json(),
        }

    @staticmethod
    def from_json(record: Dict[str, Any], limits: Limits) -> "ColumnProfile":
        profile = ColumnProfile(limits)
        profile.missing, profile.values = record["missing"], record["values"]
        profile.kinds = collections.Counter(record["kinds"])
        profile.lengths.merge(record["lengths"])
        if record["numbers"] is not None:
            profile.numbers = NumberProfile.from_json(record["numbers"], limits.bins)
        return profile

    def summary(self, name: str) -> Dict[str, Any]:
        """Returns what is shown of it."""
        kinds = {kind: count for kind, count in self.kinds.items() if count}
        shown: Dict[str, Any] = {
            "name": name, "count": sum(kinds.values()), "missing": self.missing, "kinds": kinds,
            "distinct": None if self.values is None else len(self.values), "values": in_order(self.values or {}),
        }
        if self.lengths.count:
            count, minimum, maximum, total = self.lengths.as_json()
            shown["lengths"] = {"min": minimum, "max": maximum, "mean": total / count}
        if self.numbers is not None and self.numbers.count:
            shown["numbers"] = self.numbers.summary()
        return shown


def in_order(values: Dict[str, int]) -> List[Tuple[str, int]]:
    """Returns the values by falling count, those of one count by their text."""
    return [(clean(text), count) for text, count in sorted(values.items(), key=lambda value: (-value[1], value[0]))]


def text_of_number(number: Number) -> str:
    """Returns a number as it is written; both zeros of a double are one value."""
    return "0.0" if number == 0 and isinstance(number, float) else repr(number)

