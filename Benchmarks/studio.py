"""The latency of the studio: first paint, key to frame, and its cost when idle; with few jobs and with many."""
import os
import statistics
import sys
import time

from batchstudio import deploy_idle_script, make_files, workspace
from studio_pty import Studio, processor_time

COUNTS = [10, 100_000]
STARTS, KEYS = 15, 200
idle_seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 30


def fill(space, name, count):
    """Copy a job until there are this many, each with a name of its own and its state transitions."""
    columns = [row[1] for row in space.query("PRAGMA table_info(job)") if row[1] not in ("sequence", "name", "displayName")]
    listed = ", ".join(columns)
    space.query(
        f"""
        WITH RECURSIVE number(n) AS (SELECT (SELECT count(*) FROM job) UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?)
        INSERT INTO job (name, displayName, {listed})
        SELECT 'batchjob-' || n, 'job_number_' || n, {listed} FROM number, job WHERE name = ? AND n < ?
        """, count, name, count)
    space.query(
        """
        INSERT INTO jobTransition (job, state, at) SELECT job.sequence, step.state, step.at
        FROM job, jobTransition AS step WHERE step.job = (SELECT sequence FROM job WHERE name = ?)
        AND job.sequence NOT IN (SELECT job FROM jobTransition)
        """, name)


def ninety_fifth(values):
    return sorted(values)[int(len(values) * 0.95)]


def starts(space):
    """Return the times to the first paint and to the page's own content."""
    paints, contents = [], []
    for _ in range(STARTS):
        with Studio(space) as studio:
            paints.append(studio.until("batchstudio"))
            contents.append(studio.until("by last use"))
            studio.quiet(0.2)
    return paints, contents


def keys(studio, there, back, jobs, presses):
    """Press a key again and again; with few jobs there and back, so that each press moves."""
    times = []
    for press in range(presses):
        times.append(studio.answer(there if jobs > 1000 or press % 2 == 0 else back))
        # What else a key leads to, such as the next part of the list, comes before the next key, as with a user.
        studio.quiet(0.03)
    return times


def measure(space, count):
    print(f"-- {count} jobs (load average {os.getloadavg()[0]:.1f})")
    paints, contents = starts(space)
    print(f"start to first paint: median {statistics.median(paints):.1f} ms, slowest {max(paints):.1f} ms; "
          f"to what the home page shows: median {statistics.median(contents):.1f} ms")
    with Studio(space) as studio:
        studio.until("by last use")
        studio.press("6")
        studio.quiet(1)
        for name, there, back, presses in (("down", "j", "k", KEYS), ("page down", "\x1b[6~", "\x1b[5~", 50)):
            times = keys(studio, there, back, count, presses)
            print(f"key to frame, {name}: median {statistics.median(times):.2f} ms, 95th {ninety_fifth(times):.2f} ms")
        # Threads that have nothing to do any more end after some seconds.
        studio.quiet(8)
        before = (processor_time(studio.pid), studio.wakeups())
        time.sleep(idle_seconds)
        after = (processor_time(studio.pid), studio.wakeups())
        held, resident, peak = studio.memory()
        wakeups = sum(count - before[1].get(thread, 0) for thread, count in after[1].items())
        print(f"idle for {idle_seconds} s: {(after[0] - before[0]) * 1000:.0f} ms of CPU, {wakeups} wake-ups; "
              f"memory {resident:.1f} MB, {held:.1f} MB of it its own, at most {peak:.1f} MB")
        # The next start opens the page that this one was left on.
        studio.press("0")
        studio.quiet(0.5)


with workspace() as space:
    deploy_idle_script(space)
    name, _ = space.score("idle", make_files(space.folder / "input", 10))
    space.stop_executor()
    for count in COUNTS:
        fill(space, name, count)
        measure(space, count)
