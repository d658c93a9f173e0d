"""A worker: one process that scores mini-batches until a message stops it."""
import logging
import os
import time
from typing import TYPE_CHECKING, Any, Dict, List, Optional

from batchstudio_runtime.host import print_times, streams
from batchstudio_runtime.host.channel import PROTOCOL, Channel, ExecutorIsGone, Message, end_process_group
from batchstudio_runtime.host.lifeline import Lifeline, resident_bytes
from batchstudio_runtime.inputs.manifest import InputFile, Manifest, whole
from batchstudio_runtime.inputs.part import WholeFileNeeded
from batchstudio_runtime.inputs.system_errors import is_disk_full
from batchstudio_runtime.outputs import formats
from batchstudio_runtime.outputs.formats import Scored
from batchstudio_runtime.outputs.segment import Segment
from batchstudio_runtime.outputs.staged_rows import StagedRows
from batchstudio_runtime.profiles.profiler import JobProfilers
from batchstudio_runtime.scoring import azureml_shim, bisection, errors, page_cache, part_files
from batchstudio_runtime.scoring.bisection import Part
from batchstudio_runtime.scoring.errors import Failure
from batchstudio_runtime.scoring.job import CurrentJob, Job
from batchstudio_runtime.scoring.memory_limit import MemoryLimit
from batchstudio_runtime.scoring.mini_batch import MiniBatch
from batchstudio_runtime.scoring.part_files import PartFiles
from batchstudio_runtime.scoring.script import ScoringScript
from batchstudio_runtime.scoring.timings import Timings

if TYPE_CHECKING:
    from typing import NoReturn

MAX_COLUMNS_BESIDE_FAILURES = 20  # in one message
LOGGER = logging.getLogger("batchstudio")


def work(address: str, token: str, number: int, script: ScoringScript) -> None:
    """Makes this process worker `number`; never returns."""
    channel = Channel(address)
    channel.send("hello", protocol=PROTOCOL, role="worker", token=token, pid=os.getpid(), worker=number)
    try:
        start = channel.receive()
    except ExecutorIsGone:
        end_process_group()
    try:
        began = time.perf_counter()
        worker = Worker(channel, script, start)
        worker.begin()
        channel.send("ready", seconds=elapsed(began))
        worker.score_until_stopped()
    except ExecutorIsGone:
        end_process_group()
    except BaseException as error:
        channel.send("fatal", **errors.describe(error))
        leave(1)
    shut_down(script)
    channel.send("bye")
    leave(0)


def shut_down(script: ScoringScript) -> None:
    """Lets the script release its resources; all its rows are written, so an error here is only logged."""
    try:
        script.shutdown()
    except BaseException as error:
        LOGGER.error("shutdown() of the scoring script raised", exc_info=error)


def leave(status: int) -> "NoReturn":
    """Exits without the exit handlers: they belong to the host from which this process was forked."""
    logging.shutdown()
    streams.flush()
    os._exit(status)


class Worker:
    def __init__(self, channel: Channel, script: ScoringScript, start: Message) -> None:
        self._channel = channel
        self._script = script
        self._manifest = Manifest(start["manifest"], start["input_root"], start.get("reasons"))
        self._job = CurrentJob.job = Job(start, self._manifest)
        self._columns: Optional[List[str]] = None  # of the output, once the executor has fixed them
        self._makes_part_files = start.get("part_files", False)
        self._work_dir = start.get("work_dir")
        self._segment = Segment(start["segment"])
        self._keeps_rows = start["output_action"] != "summary_only"
        self._profilers = JobProfilers.of(start.get("profile"), start["output_format"])
        self._format = formats.named(start["output_format"], start.get("report_columns", False))
        self._lifeline = Lifeline(channel, heartbeat=self._heartbeat)
        self._batch: Optional[MiniBatch] = None
        self._memory = MemoryLimit(start.get("memory_limit"))
        os.environ["AZUREML_BI_OUTPUT_PATH"] = start["output_dir"]
        azureml_shim.begin(start["job"], start.get("metrics"))
        # By it, orphaned processes of the script are found when the job ends.
        os.environ["BATCHSTUDIO_JOB"] = start["job"]

    def begin(self) -> None:
        self._lifeline.start()
        self._memory.begin()
        if self._work_dir:
            os.chdir(self._work_dir)
            part_files.remove_left_over(self._work_dir)
        self._script.init()
        streams.flush()

    def score_until_stopped(self) -> None:
        while True:
            messages = self._channel.receive_waiting()
            for message in messages[1:]:
                self._prefetch(message)
            for message in messages:
                if message["op"] == "stop":
                    return
                if message["op"] == "run":
                    self._score(message)
                elif message["op"] == "check":
                    self._check(message)
                elif message["op"] == "columns":
                    self._columns = message["names"]

    def _prefetch(self, message: Message) -> None:
        if message["op"] == "run":
            try:
                page_cache.prefetch([file.path for file in self._files(message)])
            except Exception:
                LOGGER.debug("the files of a mini-batch were not prefetched", exc_info=True)

    def _files(self, message: Message) -> List[InputFile]:
        files = self._manifest.files(message["offset"], message["length"])
        return list(map(whole, files)) if message.get("whole") else files

    def _score(self, message: Message) -> None:
        """Scores a mini-batch; one that comes with `parts` is split down to its bad files when run() raises."""
        parts = message.get("parts")
        files = self._files(message)
        staged = StagedRows(self._segment if self._keeps_rows else None, self._format, self._profilers)
        batch = MiniBatch(message["id"], files if parts is None else bisection.members(files, parts), staged=staged)
        self._batch = batch
        timings, nothing = Timings(), staged.mark()
        self._job.columns = self._format.columns = self._columns
        try:
            with batch, PartFiles(self._work_dir) as files_of_parts:
                if self._makes_part_files:
                    batch.give(files_of_parts.path_of)
                if parts is None:
                    scored = [self._run_unchanged(batch.paths, batch, staged, timings)]
                else:
                    scored = self._bisect(batch, bisection.split_up(files, parts), staged, timings)
            done = self._write(batch, scored, staged, timings)
        except WholeFileNeeded as reason:
            staged.drop(nothing)
            self._channel.send("whole_file", id=batch.id, message=errors.describe(reason)["message"])
        except BaseException as error:
            staged.drop(nothing)
            self._report(batch, error, timings)
        else:
            *pages, failed = errors.pages(done.pop("failed"))
            if failed and len(done.get("columns", ())) > MAX_COLUMNS_BESIDE_FAILURES:
                pages, failed = pages + [failed], []
            for page in pages:
                self._channel.send("failed", id=batch.id, failed=page)
            self._channel.send("done", id=batch.id, seconds=timings.as_message(), failed=failed, **done)
        finally:
            self._batch = None

    def _run_unchanged(self, paths: List[str], batch: MiniBatch, staged: StagedRows, timings: Timings) -> Scored:
        """Runs until no file was written to meanwhile: which rows are of the changed content is unknown.

        A run() that raises because a file has changed, or is missing, is not a failed attempt either.
        """
        while True:
            before = batch.reports()
            try:
                scored = self._run(paths, batch, staged, timings)
            except Exception:
                changed = batch.unlike_listed(paths)
                if not changed:
                    raise
            else:
                changed = batch.changed_among(paths)
                if not changed:
                    self._fix_columns(scored)
                    return self._staged(scored, staged, timings)
            batch.forget_since(before)
            for path, reason in changed.items():
                batch.file_failed(path, reason)
            paths = [path for path in paths if path not in changed]

    def _fix_columns(self, scored: Scored) -> None:
        """Requires the columns of a mini-batch's first part of the others; lists of all parts are written as one list."""
        if self._job.columns is None and not isinstance(scored.result, (list, tuple)):
            self._job.columns = self._format.columns = scored.columns

    @staticmethod
    def _staged(scored: Scored, staged: StagedRows, timings: Timings) -> Scored:
        """Writes the rows of a part, unless it is a list: lists of all parts are written as one list."""
        if isinstance(scored.result, (list, tuple)):
            return scored
        began = time.perf_counter()
        staged.add(scored)
        timings.write += time.perf_counter() - began
        return Scored(None, b"", scored.rows, scored.columns)

    def _run(self, paths: List[str], batch: MiniBatch, staged: StagedRows, timings: Timings) -> Scored:
        """Returns what run() returned as the bytes of the output's format."""
        began, read, before = time.perf_counter(), batch.seconds_reading, staged.seconds
        mark = staged.mark()
        print_times.look()
        try:
            result = self._script.run(paths) if paths else []
        finally:
            reading = batch.seconds_reading - read
            writing = staged.seconds - before
            timings.read += reading
            timings.write += writing
            timings.run += time.perf_counter() - began - reading - writing
            streams.flush()
        began = time.perf_counter()
        scored = self._format.encode(result)
        timings.write += time.perf_counter() - began
        return staged.since(mark, scored)

    def _bisect(self, batch: MiniBatch, parts: List[Part], staged: StagedRows, timings: Timings) -> List[Scored]:
        def report(part: range) -> None:
            self._channel.send("part", id=batch.id, offset=part.start, length=part.stop - part.start)

        def run(paths: List[str]) -> Scored:
            try:
                return self._run_unchanged(paths, batch, staged, timings)
            except OSError as error:
                if is_disk_full(error):
                    raise bisection.NotAFilesFault(error) from error
                raise

        try:
            return bisection.score(batch, parts, run, report)
        except bisection.NotAFilesFault as fault:
            raise fault.error

    def _write(self, batch: MiniBatch, parts: List[Scored], staged: StagedRows, timings: Timings) -> Dict[str, Any]:
        began = time.perf_counter()
        scored = self._format.joined(parts)
        staged.add(scored)
        written = staged.mark()
        profile_bytes = staged.finish()
        done = dict(batch.tally(scored.rows), rows=scored.rows, bytes=written.size, crc=written.checksum)
        if scored.columns is not None:
            done["columns"] = scored.columns
        if batch.error is not None:
            done["bisected"] = errors.describe(batch.error)
        if profile_bytes:
            done["profile_bytes"] = profile_bytes
        done["offset"] = self._segment.append(written.size + profile_bytes)
        timings.write += time.perf_counter() - began
        return done

    def _report(self, batch: MiniBatch, error: BaseException, timings: Timings) -> None:
        if is_disk_full(error) or isinstance(error, part_files.NotWritable):
            self._channel.send("disk_full", id=batch.id, message=errors.describe(error)["message"])
        else:
            self._memory.explain(error)
            self._channel.send("error", id=batch.id, seconds=timings.as_message(), **errors.describe(error))

    def _check(self, message: Message) -> None:
        """Checks files before the job runs; an error of a script's check() means nothing for the files."""
        files = self._manifest.whole_files(message["offset"], message["length"])
        batch = MiniBatch(message["id"], files, is_check=True)
        checked: Dict[str, Optional[Failure]] = dict(batch.failures)
        try:
            with batch:
                found = self._script.check(batch.paths, message["seconds"])
            names = {file.path: file.name for file in batch.files}
            checked.update((names[path], error) for path, error in found.items())
        except BaseException as error:
            LOGGER.warning("check() of the scoring script raised", exc_info=error)
        streams.flush()
        failures = {name: error for name, error in checked.items() if error is not None}
        problems = errors.fitting(errors.by_file(failures), errors.LIST_BUDGET)
        notes = {"notes": batch.notes} if batch.notes else {}
        self._channel.send("checked", id=message["id"], files=len(checked), problems=problems, **notes)

    def _heartbeat(self) -> None:
        print_times.look()
        batch = self._batch
        if batch is not None:
            file = errors.clean(batch.file_in_work) if batch.file_in_work else None
            rows, written = batch.written
            self._channel.send(
                "heartbeat", id=batch.id, rss=resident_bytes(), cpu=time.process_time(), file=file, rows=rows, bytes=written
            )


def elapsed(began: float) -> float:
    return round(time.perf_counter() - began, 6)
