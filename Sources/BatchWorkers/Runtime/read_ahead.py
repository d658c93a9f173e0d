"""Reading the files of the next mini-batch while the present one is scored."""
import time


class ReadAhead:
    """A script's reading function, together with what it has already read.

    The worker calls `begin` and `finish`; the script's `run` calls the object like the function it decorates.
    """

    def __init__(self, read):
        self._read = read
        self._outcomes = {}
        self.__name__ = read.__name__
        self.__doc__ = read.__doc__

    def __call__(self, mini_batch):
        """Return what was read of these files, reading them now if that was not done ahead."""
        outcome = self._outcomes.get(tuple(mini_batch)) or Outcome(self._read, mini_batch)
        if outcome.error is not None:
            raise outcome.error
        return outcome.result

    def begin(self, mini_batch):
        self._outcomes[tuple(mini_batch)] = Outcome(self._read, mini_batch)

    def finish(self, mini_batch):
        """Forget what was read of these files; return the time it took."""
        return self._outcomes.pop(tuple(mini_batch)).seconds


class Outcome:
    """What came of one call: a result or an error, and the time it took."""

    def __init__(self, read, mini_batch):
        self.result = None
        self.error = None
        started = time.perf_counter()
        try:
            self.result = read(mini_batch)
        except BaseException as error:
            self.error = error
        self.seconds = round(time.perf_counter() - started, 6)
