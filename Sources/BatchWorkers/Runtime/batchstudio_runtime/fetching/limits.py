"""The bounds of transfers: a server that is hostile or broken ends in a failed file, not in a full disk or a job without end."""

ATTEMPTS = 5
MIN_RATE = 1000  # bytes a second, on average over RATE_SECONDS
RATE_SECONDS = 60
ANSWER_SECONDS = 120  # from a request to the head of its answer, redirects included
FILE_SECONDS = 6 * 3600  # all attempts for one file together
LISTING_SECONDS = 6 * 3600  # the list of an input
INDEX_BYTES = 64 << 20  # the page that lists a folder


class TransferLimits:
    """The limits of a job's transfers; `given` has those by name that differ from the ones above.

    `file_bytes` is the size of the largest file that is fetched, `file_variable` the setting that it comes from.
    """

    def __init__(self, cache_bytes, max_file_bytes=None, given=None):
        self.attempts = ATTEMPTS
        self.min_rate = MIN_RATE
        self.rate_seconds = RATE_SECONDS
        self.answer_seconds = ANSWER_SECONDS
        self.file_seconds = FILE_SECONDS
        self.listing_seconds = LISTING_SECONDS
        self.index_bytes = INDEX_BYTES
        for name, value in (given or {}).items():
            if not hasattr(self, name):
                raise ValueError("there is no limit {!r}".format(name))
            setattr(self, name, value)
        self.file_bytes, self.file_variable = cache_bytes, "BATCHSTUDIO_INPUT_CACHE"
        if max_file_bytes is not None and max_file_bytes < cache_bytes:
            self.file_bytes, self.file_variable = max_file_bytes, "BATCHSTUDIO_MAX_FILE_SIZE"
