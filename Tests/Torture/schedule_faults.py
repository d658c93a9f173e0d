"""What is done to schedules: the executor is killed again and again around the time at which they are due."""
import datetime
import signal
import time

from fault import Fault, kill
from program import Trouble, wait

SCHEDULE = """
name: {name}
trigger: {{type: recurrence, frequency: minute, start_time: "{start}", end_time: "{end}"}}
create_job:
  endpoint_name: torture
  name: {name}-{{n}}
  inputs: {{input: {{path: ./input}}}}
  on_success: {{command: [sh, -c, 'echo "$BATCHSTUDIO_JOB $BATCHSTUDIO_DELIVERY" >> {hooks}']}}
overlap: queue
catch_up: all
"""


class KillAroundDueTime(Fault):
    """Each time must have one run, each run one job, and each job its hook at least once, with one id."""

    name = "kill -9 executor around a schedule's time"
    most = 2

    def __init__(self):
        self.made = 0

    def inflict(self, program, job, random):
        hooks = program.folder / "hooks"
        due = int(time.time()) + random.randint(2, 4)
        names = [self.create(program, due, hooks) for _ in range(random.randint(1, 3))]
        ended = due + random.uniform(1, 4)
        while time.time() < ended:
            pid = program.executor()
            if pid is not None:
                kill(pid, signal.SIGKILL)
            time.sleep(random.uniform(0, 0.4))
            # Any command starts the next executor.
            program.run("job", "show", "-n", job)
            time.sleep(random.uniform(0, 0.6))
        for name in names:
            self.check_run(program, name, due)
        self.check_hooks(program, names, hooks)
        for name in names:
            program.run("schedule", "delete", "-n", name, "--yes")

    def create(self, program, due, hooks):
        self.made += 1
        name = f"due-{self.made}"
        (program.folder / f"{name}.yml").write_text(
            SCHEDULE.format(name=name, start=text(due), end=text(due + 30), hooks=hooks))
        program.run("schedule", "create", "-f", f"{name}.yml")
        return name

    def check_run(self, program, name, due):
        def runs():
            return program.query("SELECT job, dueAt, outcome FROM scheduleRun WHERE schedule = ?", name)

        wait(f"the run of {name}", lambda: runs() or None)
        if program.wait_for_end(f"{name}-1") != "Completed":
            raise Trouble(f"{name}-1 is {program.state(f'{name}-1')}: {program.cause(f'{name}-1')}")
        expected = datetime.datetime.fromtimestamp(due, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S.000")
        if runs() != [(f"{name}-1", expected, "Started")]:
            raise Trouble(f"{name} was due once, at {expected}, and has these runs: {runs()}")
        if program.output(f"{name}-1") != program.rows():
            raise Trouble(f"the output of {name}-1 differs")

    def check_hooks(self, program, names, hooks):
        def pending():
            program.run("executor", "status")
            return program.query("SELECT 1 FROM delivery WHERE state = 'Pending'")

        wait("the hooks", lambda: None if pending() else True)
        lines = [line.split() for line in hooks.read_text().splitlines()] if hooks.exists() else []
        for name in names:
            ids = {words[1] for words in lines if words[0] == f"{name}-1"}
            if len(ids) != 1:
                raise Trouble(f"the hook of {name}-1 was carried out under these ids: {sorted(ids)}")


def text(instant):
    return datetime.datetime.fromtimestamp(instant, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
