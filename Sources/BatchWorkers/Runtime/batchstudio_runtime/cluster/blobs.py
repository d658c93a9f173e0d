"""What travels to nodes once, by a digest of its content: the runtime's files, uv, and with `storage: ship` model and code."""
import hashlib
import io
import os
import tarfile
from typing import Any, Dict, Optional


class Blob:
    def __init__(self, data: bytes, is_folder: bool) -> None:
        self.digest = hashlib.sha256(data).hexdigest()[:32]
        self.is_folder = is_folder
        self._data = data
        self._ref: Any = None

    def ref(self) -> Any:
        """The object in the cluster's store, put there when the first node needs it."""
        import ray

        if self._ref is None:
            self._ref = ray.put(self._data)
        return self._ref


class Blobs:
    def __init__(self, runtime: str, uv: Optional[str]) -> None:
        self._runtime_folder = runtime
        self._uv_path = uv
        self._folders: Dict[str, Blob] = {}
        self._uv: Optional[Blob] = None

    def runtime(self) -> Blob:
        return self.folder(self._runtime_folder)

    def folder(self, path: str) -> Blob:
        """The files of a folder, as they are at the first call."""
        if path not in self._folders:
            self._folders[path] = Blob(packed(path), is_folder=True)
        return self._folders[path]

    def uv(self) -> Optional[Blob]:
        if self._uv is None and self._uv_path is not None:
            with open(self._uv_path, "rb") as file:
                self._uv = Blob(file.read(), is_folder=False)
        return self._uv


def packed(folder: str) -> bytes:
    """A folder's files as an archive that has the same bytes each time."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for parent, folders, names in os.walk(folder, followlinks=True):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                with open(os.path.join(parent, name), "rb") as file:
                    data = file.read()
                member = tarfile.TarInfo(os.path.relpath(os.path.join(parent, name), folder))
                member.size, member.mode = len(data), 0o700 if os.access(os.path.join(parent, name), os.X_OK) else 0o600
                archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()
