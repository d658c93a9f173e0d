"""Commands with small limits or without a folder for temporary files: they are refused clearly, and the next command is not."""
import os
import resource
import signal
import subprocess

from fault import Fault, kill
from program import PROGRAM, Trouble


class Limits(Fault):
    name = "executor started with small limits"

    def inflict(self, program, job, random):
        executor = program.executor()
        if executor is not None:
            kill(executor, signal.SIGKILL)
        what, limit, environment = random.choice([few_files, little_memory, no_temporary_folder, long_temporary_folder])(
            program, random)
        command = [PROGRAM, "job", "show", "-n", job]
        try:
            done = subprocess.run(command, env=dict(program.environment, **environment), cwd=program.folder, timeout=60,
                                  preexec_fn=limit, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        except subprocess.TimeoutExpired:
            raise Trouble(f"with {what} a command hangs")
        # 127: the system could not even load the program, and said so.
        if done.returncode not in (0, 1, 2, 127) or (done.returncode != 0 and not done.stderr.strip()):
            raise Trouble(f"with {what} a command ended with {done.returncode}: {done.stderr.strip()}")
        # One that has started within the limits may go on with the job, or leave it to the next one.
        if random.random() < 0.5:
            program.run("executor", "stop")


def few_files(program, random):
    count = random.choice([8, 16, 24, 32, 48, 64, 96])
    return f"{count} open files", lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (count, count)), {}


def little_memory(program, random):
    megabytes = random.choice([50, 100, 200, 300, 500, 800, 1200])
    size = megabytes << 20
    return f"{megabytes} MB of address space", lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)), {}


def no_temporary_folder(program, random):
    # Not even root may write there.
    return "a TMPDIR that can't be written", None, {"TMPDIR": random.choice(["/proc/self", "/nowhere/at/all"])}


def long_temporary_folder(program, random):
    folder = program.folder / ("long" * 30) / ("longer" * 20)
    os.makedirs(folder, exist_ok=True)
    return "a TMPDIR of a long path", None, {"TMPDIR": str(folder)}
