"""What every fault is, and what several of them need."""
import os
import subprocess

from program import Program


class Unavailable(Exception):
    """This machine cannot do the fault, with the reason."""


class Fault:
    """Something that is done to a running job at points that chance chooses."""

    #: How it is named in the table.
    name = ""
    #: How often it is done to one job at most.
    most = 4
    #: How many mini-batches must be done before it may come.
    earliest = 0

    def program(self, random):
        """Return a new workspace to do it in."""
        return Program(random)

    def inflict(self, program, job, random):
        """Do it once."""
        raise NotImplementedError

    def expected(self, program):
        """Return the bytes of the output and the files that must be failed."""
        return program.rows(), set()

    def is_to_be_resumed(self, cause):
        """Return whether a job may be Failed for this cause: then the user resumes it, and loses nothing."""
        return False

    def check(self, program, job):
        """Raise Trouble for what only this fault can make wrong, once the job has ended."""

    def end(self, program):
        """Put away what the fault needed."""


def kill(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def mount(*arguments):
    """Mount something on the folder that comes last."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        os.rmdir(arguments[-1])
        raise Unavailable(f"mount: {done.stderr.strip()}")
