"""A histogram with adaptive bins, whose sums are exact.

A number is in the bin of its leading bits: the bits of its magnitude as a double, shifted right. The shift is the smallest with
which no more than `limit` bins hold a number and the keys of each sign span less than MAX_SPAN. So it depends on the numbers
alone, not on how they were divided or in which order their histograms were added.
"""
import struct
from typing import Any, Dict, Iterable, List, Tuple

MAX_SPAN = 1 << 16
MAX_SHIFT = 62
FEW = 2048  # numbers that are sorted rather than counted by key
Side = Dict[int, int]  # numbers by key


class Bins:
    """How many finite numbers other than zero are in each bin, by their sign."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.shift = 0
        self.negative: Side = {}
        self.positive: Side = {}

    def add(self, numbers: Iterable[float]) -> None:
        """Adds finite Python numbers other than zero."""
        others = Bins(self.limit)
        for number in numbers:
            side = others.negative if number < 0 else others.positive
            key = bits_of(abs(number))
            side[key] = side.get(key, 0) + 1
        others._coarsen()
        self.merge(others)

    def add_array(self, numbers: Any) -> None:
        """Adds a NumPy array of finite doubles other than zero."""
        import numpy

        if not len(numbers):
            return
        is_negative = numbers < 0
        if is_negative.any():
            sides = [numpy.abs(numbers[is_negative]), numbers[~is_negative]]
        else:
            sides = [numbers[:0], numbers]
        keys = [side.view(numpy.int64) for side in sides]
        spans = [shift_for_span(int(side.min()), int(side.max())) for side in keys if len(side)]
        shift = max(spans + [self.shift])
        counts = [counted(side >> shift) for side in keys]
        more = shift_for_count([unique for unique, _ in counts], self.limit)
        others = Bins(self.limit)
        others.shift = shift + more
        others.negative, others.positive = [as_side(unique >> more, count) for unique, count in counts]
        self.merge(others)

    def merge(self, other: "Bins") -> None:
        """Adds what another histogram holds."""
        shift = max(self.shift, other.shift)
        self._shift_to(shift)
        if not self.negative and not self.positive:
            self.negative, self.positive = dict(other.negative), dict(other.positive)
            self.shift = other.shift
            self._shift_to(shift)
        else:
            self._add(other, shift)
        self._coarsen()

    def _add(self, other: "Bins", shift: int) -> None:
        for side, added in ((self.negative, other.negative), (self.positive, other.positive)):
            for key, count in shifted(added, shift - other.shift).items():
                side[key] = side.get(key, 0) + count

    def _shift_to(self, shift: int) -> None:
        self.negative = shifted(self.negative, shift - self.shift)
        self.positive = shifted(self.positive, shift - self.shift)
        self.shift = shift

    def _coarsen(self) -> None:
        sides = [side for side in (self.negative, self.positive) if side]
        if sides:
            more = max(shift_for_span(min(side), max(side)) for side in sides)
            if more:
                self._shift_to(self.shift + more)
        while len(self.negative) + len(self.positive) > self.limit and self.shift < MAX_SHIFT:
            self._shift_to(self.shift + 1)

    def in_order(self) -> List[Tuple[float, float, int]]:
        """Returns the lowest and the highest number that each bin may hold, and its count, from low to high."""
        bins = []
        for key, count in sorted(self.negative.items(), reverse=True):
            low, high = self.bounds(key)
            bins.append((-high, -low, count))
        for key, count in sorted(self.positive.items()):
            low, high = self.bounds(key)
            bins.append((low, high, count))
        return bins

    def bounds(self, key: int) -> Tuple[float, float]:
        return number_of(key << self.shift), number_of(((key + 1) << self.shift) - 1)

    @property
    def error(self) -> float:
        """How far a number is at most from the middle of its bin, as a part of the number."""
        return 0.0 if self.shift == 0 else min(1.0, 2.0 ** (self.shift - 53))

    def as_json(self) -> Dict[str, Any]:
        return {
            "shift": self.shift,
            "negative": [list(bin_) for bin_ in sorted(self.negative.items())],
            "positive": [list(bin_) for bin_ in sorted(self.positive.items())],
        }

    @staticmethod
    def from_json(record: Dict[str, Any], limit: int) -> "Bins":
        bins = Bins(limit)
        bins.shift = record["shift"]
        bins.negative = {key: count for key, count in record["negative"]}
        bins.positive = {key: count for key, count in record["positive"]}
        return bins


def counted(keys: Any) -> Tuple[Any, Any]:
    """Returns the different keys of an array, in order, and how many there are of each."""
    import numpy

    if len(keys) <= FEW:
        return tuple(numpy.unique(keys, return_counts=True))
    low = keys.min()
    counts = numpy.bincount(keys - low)
    places = numpy.flatnonzero(counts)
    return places + low, counts[places]


def shift_for_count(sides: List[Any], limit: int) -> int:
    """Returns the smallest shift with which there are no more different keys than the limit; each side has its keys in order."""
    import numpy

    count = sum(map(len, sides))
    if count <= limit:
        return 0
    present = sum(1 for side in sides if len(side))
    differences = numpy.concatenate([side[1:] ^ side[:-1] for side in sides])
    shift = 0
    while count > limit and shift < MAX_SHIFT:
        shift += 1
        differences = differences[differences >> shift > 0]
        count = present + len(differences)
    return shift


def as_side(keys: Any, counts: Any) -> Side:
    """Returns counts by key, of arrays whose keys are in order and may be repeated."""
    import numpy

    if not len(keys):
        return {}
    starts = numpy.flatnonzero(numpy.concatenate([[True], keys[1:] != keys[:-1]]))
    return dict(zip(keys[starts].tolist(), numpy.add.reduceat(counts, starts).tolist()))


def shifted(side: Side, by: int) -> Side:
    """Returns the counts with keys that are so many bits shorter."""
    if by == 0:
        return side
    shorter: Side = {}
    for key, count in side.items():
        shorter[key >> by] = shorter.get(key >> by, 0) + count
    return shorter


def shift_for_span(low: int, high: int) -> int:
    """Returns the smallest shift with which keys of this range span less than MAX_SPAN."""
    shift = max(0, (high - low).bit_length() - MAX_SPAN.bit_length())
    while (high >> shift) - (low >> shift) >= MAX_SPAN:
        shift += 1
    return shift


def bits_of(magnitude: float) -> int:
    return int(struct.unpack("<q", struct.pack("<d", magnitude))[0])


def number_of(bits: int) -> float:
    return float(struct.unpack("<d", struct.pack("<q", bits))[0])
