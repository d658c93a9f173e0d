"""The profile of a column's numbers."""
import bisect
import itertools
import math
from typing import Any, Dict, List, Sequence, Union

from batchstudio_runtime.profiles.bins import Bins

Number = Union[int, float]
QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
CELLS = 64  # of the histogram that is shown
LARGEST_SQUARED = 1e150  # of the numbers whose squares a double holds


class NumberProfile:
    """Counts, extremes, moments and a histogram of numbers that are not NaN; infinite ones are only counted."""

    def __init__(self, limit: int) -> None:
        self.finite = 0
        self.infinite = [0, 0]  # negative, positive
        self.zeros = 0
        self.are_integers = True
        self.minimum: Number = 0
        self.maximum: Number = 0
        self.mean = 0.0
        self.squares = 0.0  # the sum of the squared distances from the mean
        self.bins = Bins(limit)

    @property
    def count(self) -> int:
        return self.finite + sum(self.infinite)

    def add(self, numbers: Sequence[Number]) -> None:
        """Adds Python numbers, none of them NaN."""
        floats = list(map(as_float, numbers))
        if any(map(math.isinf, floats)):
            self.infinite[0] += floats.count(-math.inf)
            self.infinite[1] += floats.count(math.inf)
            numbers = [number for number, value in zip(numbers, floats) if not math.isinf(value)]
            floats = [value for value in floats if not math.isinf(value)]
        if not floats:
            return
        mean = total(floats) / len(floats)
        self._add_moments(len(floats), min(numbers), max(numbers), mean, total([(value - mean) ** 2.0 for value in floats])
                          if max(map(abs, floats)) < LARGEST_SQUARED else math.inf)
        self.are_integers = self.are_integers and all(isinstance(number, int) for number in numbers)
        self.zeros += floats.count(0.0)
        self.bins.add([value for value in floats if value != 0])

    def add_array(self, numbers: Any) -> None:
        """Adds a NumPy array of whole numbers or floats, none of them NaN."""
        import numpy

        are_integers = numbers.dtype.kind in "iu"
        floats = numbers.astype(numpy.float64, copy=False)
        if not are_integers:
            is_infinite = numpy.isinf(floats)
            if is_infinite.any():
                self.infinite[0] += int(numpy.count_nonzero(floats == -numpy.inf))
                self.infinite[1] += int(numpy.count_nonzero(floats == numpy.inf))
                floats = numbers = floats[~is_infinite]
        if not len(floats):
            return
        with numpy.errstate(over="ignore", invalid="ignore"):
            mean = float(floats.mean())
            distances = floats - mean
            squares = float(numpy.dot(distances, distances))
        extremes = numbers.min().item(), numbers.max().item()
        self._add_moments(len(floats), extremes[0], extremes[1], mean, squares)
        self.are_integers = self.are_integers and are_integers
        zeros = len(floats) - int(numpy.count_nonzero(floats))
        self.zeros += zeros
        self.bins.add_array(floats[floats != 0] if zeros else numpy.ascontiguousarray(floats))

    def merge(self, other: "NumberProfile") -> None:
        """Adds what another profile holds."""
        self.infinite = [self.infinite[0] + other.infinite[0], self.infinite[1] + other.infinite[1]]
        if other.finite:
            self._add_moments(other.finite, other.minimum, other.maximum, other.mean, other.squares)
            self.are_integers = self.are_integers and other.are_integers
            self.zeros += other.zeros
            self.bins.merge(other.bins)

    def _add_moments(self, count: int, minimum: Number, maximum: Number, mean: float, squares: float) -> None:
        if self.finite == 0:
            self.finite = count
            self.minimum, self.maximum, self.mean, self.squares = minimum, maximum, mean, squares
            return
        self.minimum, self.maximum = min(self.minimum, minimum), max(self.maximum, maximum)
        all_ = self.finite + count
        distance = mean - self.mean
        self.mean += distance * (count / all_)
        self.squares += squares + distance * distance * (self.finite * (count / all_))
        self.finite = all_

    def as_json(self) -> Dict[str, Any]:
        """Returns what `from_json` reads."""
        return {
            "finite": self.finite, "infinite": self.infinite, "zeros": self.zeros, "integers": self.are_integers,
            "min": self.minimum, "max": self.maximum, "mean": self.mean, "squares": self.squares, "bins": self.bins.as_json(),
        }

    @staticmethod
    def from_json(record: Dict[str, Any], limit: int) -> "NumberProfile":
        profile = NumberProfile(limit)
        profile.finite, profile.infinite, profile.zeros = record["finite"], record["infinite"], record["zeros"]
        profile.are_integers, profile.minimum, profile.maximum = record["integers"], record["min"], record["max"]
        profile.mean, profile.squares = record["mean"], record["squares"]
        profile.bins = Bins.from_json(record["bins"], limit)
        return profile

    def summary(self) -> Dict[str, Any]:
        """Returns what is shown of it, and its bins."""
        shown: Dict[str, Any] = {"count": self.count, "infinite": self.infinite, "zeros": self.zeros}
        if not self.finite:
            return dict(shown, integers=False, min=None, max=None, mean=None, deviation=None, quantiles=[], error=0.0,
                        histogram=None, bins=self.bins.as_json())
        deviation = math.sqrt(self.squares / self.finite) if math.isfinite(self.squares) else None
        low, high = float(self.minimum), float(self.maximum)
        bins = self._all_bins()
        return dict(
            shown, integers=self.are_integers, min=self.minimum, max=self.maximum,
            mean=self.mean if math.isfinite(self.mean) else None, deviation=deviation,
            quantiles=[[part, self._quantile(part, bins)] for part in QUANTILES], error=self.bins.error,
            histogram={"low": low, "high": high, "counts": cells(bins, low, high)}, bins=self.bins.as_json(),
        )

    def _all_bins(self) -> List[Any]:
        """Returns the middle and the count of each bin, zero among them, from low to high."""
        low, high = float(self.minimum), float(self.maximum)
        bins = [(min(high, max(low, below / 2 + above / 2)), count) for below, above, count in self.bins.in_order()]
        if self.zeros:
            bins.insert(sum(1 for middle, _ in bins if middle < 0), (0.0, self.zeros))
        return bins

    def _quantile(self, part: float, bins: List[Any]) -> Number:
        """Returns the number at this part of all, as near as the bins tell; exactly where a bin has one value."""
        ends = list(itertools.accumulate(count for _, count in bins))
        found = bins[min(bisect.bisect_right(ends, part * (self.finite - 1)), len(bins) - 1)][0]
        return int(found) if self.are_integers and self.bins.shift == 0 else float(found)



def total(numbers: Sequence[float]) -> float:
    """Returns the exact sum, infinity where it is beyond a double."""
    try:
        return math.fsum(numbers)
    except OverflowError:
        return math.inf


def as_float(number: Number) -> float:
    """Returns a whole number beyond a double as infinity."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def cells(bins: List[Any], low: float, high: float) -> List[int]:
    """Returns the counts of equal cells from low to high."""
    counts = [0] * CELLS
    width = high / CELLS - low / CELLS
    for middle, count in bins:
        counts[min(CELLS - 1, int(middle / width - low / width)) if width > 0 else 0] += count
    return counts
