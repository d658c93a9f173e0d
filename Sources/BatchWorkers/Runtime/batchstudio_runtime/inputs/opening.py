"""The bytes of an input file as a stream of UTF-8: decompressed, decoded, without byte order mark.

    with open_text("a.csv.gz", ReadOptions()) as text:
        text.name     # "a.csv": what it is called without the compression
        text.pieces   # an iterator over its bytes
        text.file()   # the same as a binary file
"""
import codecs
import contextlib
import functools
import io
import os
from typing import Any, BinaryIO, Callable, Iterable, Iterator, Optional, Tuple

from batchstudio_runtime.inputs import compression, part
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.regular_files import open_input

FIRST_PIECE = 64 * 1024  # bytes
PIECE = 8 * 1024 * 1024
# UTF-32 first: its mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAX_MARK_LENGTH = 4

# Makes, when an error needs it, the function that returns the line of a byte.
LineCounter = Callable[[], Callable[[int], int]]


class UndecodableText(ValueError):
    """A file whose bytes are no text in the encoding it should have."""


class Text:
    """An open text file; iterate over `pieces`, or read `file()`, once."""

    def __init__(self, name: str, pieces: Iterable[bytes]) -> None:
        self.name = name
        self.pieces = pieces

    def file(self) -> io.BufferedReader:
        """Returns the bytes as a buffered binary file."""
        return io.BufferedReader(PieceFile(self.pieces), 256 * 1024)


class PieceFile(io.RawIOBase):
    """A binary file made of pieces of bytes."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")
        self._position = 0

    def tell(self) -> int:
        return self._position

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self._position += count
        return count


@contextlib.contextmanager
def open_text(path: str, options: ReadOptions) -> Iterator[Text]:
    """Opens a file's text; errors are raised while it is read."""
    with open_bytes(path) as (name, pieces):
        place = functools.partial(part.position_in_file, path)
        yield Text(name, decoded(pieces, options.encoding, lambda: line_counter(path), place))


@contextlib.contextmanager
def open_bytes(path: str) -> Iterator[Tuple[str, Iterator[bytes]]]:
    """Opens a file's bytes: yields its name without the compression and the decompressed pieces."""
    with open_input(path) as opened:
        file = part.opened(opened, path)
        start = file.read(compression.MAGIC_LENGTH)
        file.seek(0)
        found = compression.compression_of(start)
        name = compression.without_suffix(os.path.basename(path))
        if found is None:
            yield name, plain_pieces(file)
        elif found == "zip":
            archive, member = compression.member_of(file)
            with archive:
                yield inner_name(name, member.filename), compression.unzipped(archive, member)
        else:
            yield name, compression.decompressed(file, found)


def plain_pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yields the bytes of a file, few at first: the header is wanted before the rest."""
    piece = file.read(FIRST_PIECE)
    yield piece
    if len(piece) == FIRST_PIECE:
        yield from iter(lambda: file.read(PIECE), b"")


def inner_name(name: str, member: str) -> str:
    """Returns the name of a zip file's content: the member's where it has an extension."""
    return os.path.basename(member) if os.path.splitext(member)[1] else name


def decoded(
    pieces: Iterable[bytes], encoding: Optional[str], count_lines: LineCounter, place_of: Callable[[int], int] = int
) -> Iterator[bytes]:
    """Yields pieces of bytes as UTF-8 without mark.

    For messages, `place_of(position)` returns where in the file a byte is, and `count_lines()(place)` its line.
    """
    pieces = iter(pieces)
    start = b""
    for piece in pieces:
        start += piece
        if len(start) >= MAX_MARK_LENGTH:
            break
    mark, marked = next(((mark, name) for mark, name in MARKS if start.startswith(mark)), (b"", None))
    encoding = marked or encoding or "utf-8"
    is_utf8 = codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    decoder = codecs.getincrementaldecoder("utf-8" if is_utf8 else encoding)()
    position, pending = len(mark), 0
    for piece in with_end(start[len(mark):], pieces):
        # Bytes that the decoder holds back from the piece before belong to a character that ends in this one.
        ascii_only = is_utf8 and pending == 0 and is_ascii(piece)
        if not ascii_only:
            try:
                characters = decoder.decode(piece, final=piece == b"")
            except UnicodeDecodeError as error:
                place = place_of(position - pending + error.start)
                raise UndecodableText(undecodable(error, encoding, place, piece, count_lines))
            if not is_utf8:
                position += len(piece)
                piece = characters.encode("utf-8")
            pending = len(decoder.getstate()[0]) if is_utf8 else 0
        if b"\0" in piece:
            place = place_of(position + piece.index(b"\0"))
            raise UndecodableText(zero_byte(encoding, place if is_utf8 else None, count_lines))
        if is_utf8:
            position += len(piece)
        if piece:
            yield piece


def with_end(start: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the pieces and an empty one, at which a decoder must have no character begun."""
    if start:
        yield start
    for piece in pieces:
        if piece:
            yield piece
    yield b""


def is_ascii(piece: bytes) -> bool:
    try:
        return piece.isascii()
    except AttributeError:  # Python 3.6
        return False


def undecodable(error: UnicodeDecodeError, encoding: str, position: int, piece: bytes, count_lines: LineCounter) -> str:
    advice = "Give the encoding with read_options.encoding"
    if codecs.lookup(encoding).name == "utf-8":
        advice += " (it looks like cp1252)" if is_cp1252(piece) else " (for example latin-1)"
    found = error.object[error.start:error.start + 1]
    what = f"byte 0x{found.hex()} at position {position}" if found else f"the end at position {position}"
    return f"the file is not {encoding}: {what}{line_of(position, encoding, count_lines)}. {advice}."


def zero_byte(encoding: str, position: Optional[int], count_lines: LineCounter) -> str:
    where = "" if position is None else f" at position {position}{line_of(position, encoding, count_lines)}"
    return (
        f"the file is no text: it has a zero byte{where}. If it is UTF-16 without byte order mark, give"
        " read_options.encoding: utf-16-le or utf-16-be."
    )


def line_of(position: int, encoding: str, count_lines: LineCounter) -> str:
    if encoding.startswith(("utf-16", "utf-32")):
        return ""
    return f" (line {count_lines()(position)})"


def is_cp1252(piece: bytes) -> bool:
    try:
        piece.decode("cp1252")
        return True
    except UnicodeDecodeError:
        return False


def line_counter(path: str) -> Callable[[int], int]:
    """Returns a function that returns the line of a byte of the decompressed file."""

    def line_at(position: int) -> int:
        line, passed = 1, 0
        with open_bytes(str(path)) as (_, pieces):
            for piece in pieces:
                if passed + len(piece) >= position:
                    return line + lines_in(piece[:position - passed])
                line += lines_in(piece)
                passed += len(piece)
        return line

    return line_at


def lines_in(data: bytes) -> int:
    """Returns how many lines end in these bytes."""
    return data.count(b"\n") or data.count(b"\r")
