"""The rows of one mini-batch on their way into the segment: written behind its end, and a part of it when all are."""
import time
import zlib
from typing import Any, List, NamedTuple, Optional, Tuple

from batchstudio_runtime.outputs.formats import Format, Scored
from batchstudio_runtime.outputs.segment import Segment
from batchstudio_runtime.profiles import records
from batchstudio_runtime.profiles.profiler import JobProfilers
from batchstudio_runtime.profiles.table_profile import TableProfile, merged

MOST_PROFILES = 16  # that wait to be merged


class Mark(NamedTuple):
    """How much was written at one time."""

    size: int
    checksum: int
    rows: int
    columns: Optional[List[str]]
    profiles: Tuple[TableProfile, ...] = ()  # of what was written, never changed
    inputs: Tuple[TableProfile, ...] = ()  # of what was predicted


class StagedRows:
    """Takes what a script writes, as bytes of the output's format; `segment` is None where no rows are kept.

    With a profiler the rows' profile follows them, so that it is kept and lost with them.

        mark = staged.mark()
        staged.write(table)
        staged.drop(mark)   # as if it had not been written
    """

    def __init__(self, segment: Optional[Segment], format_: Format, profiler: Optional[JobProfilers] = None) -> None:
        self._segment = segment
        self._profiler = profiler
        self._format = format_
        self._state = Mark(0, 0, 0, None)
        self.seconds = 0.0  # that writing has taken

    def mark(self) -> Mark:
        """Returns how much is written now, for `drop`."""
        return self._state

    def write(self, rows: Any) -> None:
        """Writes rows, of any kind that run() may return; all with the same columns."""
        began = time.perf_counter()
        scored = self._format.encode(rows)
        columns = self._state.columns
        if columns is not None and scored.columns not in (None, columns):
            raise ValueError(f"the rows have the columns {columns} at first and {scored.columns} later")
        self.add(scored)
        self._state = self._state._replace(rows=self._state.rows + scored.rows, columns=columns or scored.columns)
        self.seconds += time.perf_counter() - began

    def add(self, scored: Scored) -> None:
        """Writes rows in the output's format."""
        data = scored.data
        if self._segment is None or not data:
            return
        size, checksum = self._state.size, self._state.checksum
        self._segment.write(data, size)
        self._state = self._state._replace(
            size=size + len(data), checksum=zlib.crc32(data, checksum) & 0xFFFFFFFF, profiles=self._profiles_with(scored)
        )

    def _profiles_with(self, scored: Scored) -> Tuple[TableProfile, ...]:
        if self._profiler is None:
            return ()
        return fewer(self._state.profiles + tuple(self._profiler.rows.profile(result) for result in scored.results))

    def profile_input(self, table: Any) -> None:
        """Adds a table to the profile of the inputs."""
        if self._profiler is not None:
            inputs = fewer(self._state.inputs + (self._profiler.inputs.profile(table),))
            self._state = self._state._replace(inputs=inputs)

    def finish(self) -> int:
        """Writes the profile behind the rows and makes both a part of the segment; returns the bytes of the profile."""
        if self._segment is None or self._profiler is None or not self._state.profiles:
            return 0
        profile, inputs = merged(self._state.profiles), merged(self._state.inputs)
        line = records.line_of(profile, inputs)
        self._segment.write(line, self._state.size)
        self._profiler.rows.keep(profile)
        self._profiler.inputs.keep(inputs)
        return len(line)

    def drop(self, mark: Mark) -> None:
        """Drops what was written since the mark."""
        if self._segment is not None and self._state.size > mark.size:
            self._segment.drop(mark.size)
        self._state = mark

    def since(self, mark: Mark, returned: Scored) -> Scored:
        """Returns what was written since the mark together with what run() has returned, as one result that is no list."""
        rows = self._state.rows - mark.rows
        if not rows:
            return returned
        columns = returned.columns or self._state.columns
        return Scored(None, returned.data, returned.rows + rows, columns, returned.results)


def fewer(profiles: Tuple[TableProfile, ...]) -> Tuple[TableProfile, ...]:
    return profiles if len(profiles) < MOST_PROFILES else (merged(profiles),)
