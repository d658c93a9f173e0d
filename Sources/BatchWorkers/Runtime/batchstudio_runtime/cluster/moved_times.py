"""The times at which a worker on a node printed, for the files on this machine to which its prints are appended."""
import struct

RECORD = struct.Struct("<3q")  # as print_times.py writes it: a time, bytes of standard output and of standard error by then


class MovedTimes:
    """A worker on a node begins new files: the sizes that it records count from what this machine's files had before."""

    def __init__(self, stdout: int, stderr: int) -> None:
        self._before = (stdout, stderr)
        self._rest = b""

    def moved(self, data: bytes) -> bytes:
        """Returns the records that are complete with a piece of the node's file."""
        data = self._rest + data
        whole = len(data) // RECORD.size * RECORD.size
        self._rest = data[whole:]
        stdout, stderr = self._before
        return b"".join(RECORD.pack(time, out + stdout, err + stderr) for time, out, err in RECORD.iter_unpack(data[:whole]))
