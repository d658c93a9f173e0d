"""Splitting a mini-batch whose run() raises: its good files keep their rows, each bad one gets its own reason."""


class NotAFilesFault(Exception):
    """No file is to blame for what happened: the whole mini-batch is tried again."""


def members(files, parts):
    """Return the files that are in one of the parts, which are (first, end)."""
    return [file for first, end in parts for file in files[first:end]]


def split_up(files, parts):
    return [(range(first, end), files[first:end]) for first, end in parts]


def score(batch, parts, run, tell):
    """Return what run() gave for each part, in input order, halving those for which it raises.

    `tell` is told before each part which one it is: when this process is killed over it, that is the part to blame.
    """
    scored = []
    waiting = list(reversed(parts))
    is_whole = len(waiting) == 1
    while waiting:
        numbers, files = waiting.pop()
        paths = [file.path for file in files if file.name not in batch.failures]
        if not is_whole:
            tell(numbers)
        before = batch.reports()
        try:
            result = run(paths)
        except NotAFilesFault:
            raise
        except BaseException as error:
            batch.forget_since(before)
            batch.error = batch.error or error
            if len(paths) == 1:
                batch.file_failed(paths[0], error)
            else:
                middle = len(files) // 2
                waiting.append((numbers[middle:], files[middle:]))
                waiting.append((numbers[:middle], files[:middle]))
        else:
            if result.rows == 0 and not is_whole:
                batch.without_row(paths)
            scored.append(result)
        is_whole = False
    return scored
