"""Files on a node: what travels once by its digest, and the folders of hosts and jobs."""
import ctypes
import errno
import io
import os
import shutil
import tarfile
import tempfile
from typing import Optional

from batchstudio_runtime.cluster.node_environment import cache_folder

MAX_COPIED = 64 << 20  # bytes of a script's files that are copied, as on the submitting machine
BLOB = "blob:"  # begins the paths of what travels: blob:DIGEST/INNER


def blob_folder(digest: str) -> str:
    return os.path.join(cache_folder(), "blobs", digest)


def path_here(path: str) -> str:
    """Returns the path on this node: that of a blob, or the same."""
    return os.path.join(cache_folder(), "blobs", path[len(BLOB):]) if path.startswith(BLOB) else path


def keep_blob(digest: str, data: bytes, is_folder: bool) -> None:
    """Keeps a folder, as a tar archive, or a program in the node's cache."""
    target = blob_folder(digest)
    os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
    partial = tempfile.mkdtemp(dir=os.path.dirname(target), prefix="partial-")
    try:
        if is_folder:
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                archive.extractall(partial)
        else:
            with open(partial + "/program", "wb") as file:
                file.write(data)
            os.chmod(partial + "/program", 0o700)
        # By its name a folder counts as whole, after a power failure too.
        os.sync()
        os.rename(partial, target)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):  # another agent was first
            raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def copy_code(code: Optional[str], folder: str) -> None:
    """Puts the files of a script beside it under their relative names, the largest as links."""
    if code is None:
        return
    files = []
    for parent, folders, names in os.walk(code):
        folders[:] = [name for name in folders if name != "__pycache__"]
        inner = os.path.relpath(parent, code)
        os.makedirs(os.path.join(folder, inner), exist_ok=True)
        files += [(os.path.getsize(os.path.join(parent, name)), os.path.join(inner, name)) for name in names]
    room = MAX_COPIED
    for size, name in sorted(files):
        room -= size
        if room >= 0:
            shutil.copy(os.path.join(code, name), os.path.join(folder, name))
        else:
            os.symlink(os.path.join(code, name), os.path.join(folder, name))


def free(descriptor: int, offset: int, length: int) -> None:
    """Gives the space of rows that were sent back to the disk, where its file system supports holes."""
    try:
        ctypes.CDLL(None).fallocate(descriptor, 3, ctypes.c_long(offset), ctypes.c_long(length))
    except (AttributeError, OSError):
        pass
