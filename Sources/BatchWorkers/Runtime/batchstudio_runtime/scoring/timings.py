"""The time that a mini-batch takes."""
from typing import Dict


class Timings:
    """The seconds that reading, running and writing take."""

    def __init__(self) -> None:
        self.read = 0.0
        self.run = 0.0
        self.write = 0.0

    def as_message(self) -> Dict[str, float]:
        """Returns the seconds to the microsecond."""
        return {"read": round(self.read, 6), "run": round(self.run, 6), "write": round(self.write, 6)}
