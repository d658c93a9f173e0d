"""The limits of transfers: a malicious or broken server fails a file, and neither fills the disk nor stops the job."""
from typing import Dict, Optional

ATTEMPTS = 5
MIN_RATE = 1000  # bytes a second, on average over RATE_SECONDS
RATE_SECONDS = 60
ANSWER_SECONDS = 120  # from a request to the head of its answer, redirects included
FILE_SECONDS = 6 * 3600  # all attempts for one file together
LISTING_SECONDS = 6 * 3600  # the list of an input
INDEX_BYTES = 64 << 20  # the page that lists a folder


class TransferLimits:
    """The limits of a job's transfers; `given` has those by name that differ from the ones above.

    `file_bytes` is the size of the largest file that is downloaded, `file_variable` the setting that it comes from.
    """

    def __init__(
        self, cache_bytes: int, max_file_bytes: Optional[int] = None, given: Optional[Dict[str, float]] = None
    ) -> None:
        self.attempts = ATTEMPTS
        self.min_rate: float = MIN_RATE
        self.rate_seconds: float = RATE_SECONDS
        self.answer_seconds: float = ANSWER_SECONDS
        self.file_seconds: float = FILE_SECONDS
        self.listing_seconds: float = LISTING_SECONDS
        self.index_bytes = INDEX_BYTES
        for name, value in (given or {}).items():
            if not hasattr(self, name):
                raise ValueError(f"there is no limit {name!r}")
            setattr(self, name, value)
        self.file_bytes, self.file_variable = cache_bytes, "BATCHSTUDIO_INPUT_CACHE"
        if max_file_bytes is not None and max_file_bytes < cache_bytes:
            self.file_bytes, self.file_variable = max_file_bytes, "BATCHSTUDIO_MAX_FILE_SIZE"
