"""Makes the profiles of what run() returns."""
import logging
from typing import Any, NamedTuple, Optional, Tuple

from batchstudio_runtime.profiles.table_profile import TableProfile

ROWS = "rows"
# The mini-batches that tell what is lost: the first ones nearly all of it.
FIRST, EACH = 8, 16
LOGGER = logging.getLogger("batchstudio")


class Profiler:
    """Profiles rows of one job; an error in it costs the profile, never the rows.

    It knows the profile of what it has seen: later ones need not hold what is lost when they are merged.
    """

    def __init__(self, labels: Tuple[int, int], lines: Optional[str]) -> None:
        self._labels = labels
        self._lines = lines
        self._has_warned = False
        self._seen = TableProfile()
        self._kept = 0

    def profile(self, result: Any) -> TableProfile:
        try:
            return TableProfile.of(result, self._labels, self._lines, self._seen)
        except Exception as error:
            if not self._has_warned:
                self._has_warned = True
                LOGGER.warning("some rows are missing from the profile", exc_info=error)
            return TableProfile()

    def keep(self, profile: TableProfile) -> None:
        """Takes the profile of a mini-batch that is part of the output."""
        self._kept += 1
        if profile.columns and (self._kept <= FIRST or self._kept % EACH == 0):
            self._seen.merge(profile)


class JobProfilers(NamedTuple):
    """The profilers of what comes out of a job, and of what goes into its model."""

    rows: Profiler
    inputs: Profiler

    @staticmethod
    def of(profile: Optional[str], output_format: str) -> "Optional[JobProfilers]":
        """Returns the profilers of a job: of its predictions, between `row` and `file`, or of all columns of its rows."""
        if profile is None:
            return None
        lines = "csv" if output_format.startswith("csv") else "jsonl" if output_format == "jsonl" else None
        return JobProfilers(Profiler((0, 0) if profile == ROWS else (1, 1), lines), Profiler((0, 0), None))
