"""Sentences that a reader has for the job: a rule that was applied, or something that was left out."""
from typing import Callable

Note = Callable[[str], None]


def ignore(sentence: str) -> None:
    """Keeps no note: for readers outside of a job."""
