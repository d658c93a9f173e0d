"""Remote inputs in S3, and in storage with the same protocol."""
import contextlib
import os
from typing import Any, AsyncIterator, Dict

from batchstudio_runtime.fetching.errors import FetchError, by_status, translated
from batchstudio_runtime.fetching.limits import TransferLimits
from batchstudio_runtime.fetching.listing import Entry, Listing
from batchstudio_runtime.fetching.source import (
    CONNECT_TIMEOUT,
    MAX_CONCURRENT_INSPECTIONS,
    READ_TIMEOUT,
    Body,
    Description,
    Source,
    chunks_of,
    guarded,
)
from batchstudio_runtime.fetching.transfer import Meter


class S3Source(Source):
    """A file or folder of a bucket."""

    def __init__(self, description: Description, limits: TransferLimits) -> None:
        super().__init__(description, limits)
        import s3fs
        given = {
            "key": self.credentials.get("access_key_id"),
            "secret": self.credentials.get("secret_access_key"),
            "token": self.credentials.get("session_token"),
        }
        client = {"region_name": self.setting("region")}
        config = {
            "connect_timeout": CONNECT_TIMEOUT,
            "read_timeout": READ_TIMEOUT,
            "retries": {"max_attempts": 0},
            "max_pool_connections": MAX_CONCURRENT_INSPECTIONS,
            "http_session_cls": session_without_redirects(),
        }
        self.fs = s3fs.S3FileSystem(
            anon=not given["key"] and not has_s3_credentials(),
            endpoint_url=self.setting("endpoint_url") or os.environ.get("AWS_ENDPOINT_URL") or None,
            client_kwargs={name: value for name, value in client.items() if value},
            config_kwargs=config,
            asynchronous=True,
            skip_instance_cache=True,
            use_listings_cache=False,
            **{name: value for name, value in given.items() if value}
        )
        # The fetcher itself retries, and counts the attempts.
        self.fs.retries = 1
        self.session: Any = None

    def root(self) -> str:
        return f"{self.description['bucket']}/{self.path}".strip("/")

    def entry(self, info: Dict[str, Any], name: str) -> Entry:
        modified: Any = info.get("LastModified") or info.get("last_modified")
        etag = info.get("ETag") or info.get("etag")
        return Entry(
            name,
            key=info["name"],
            size=info.get("size"),
            etag=etag.strip('"') if etag else None,
            mtime=modified.timestamp() if hasattr(modified, "timestamp") else None,
        )

    async def list(self, is_folder: bool, is_recursive: bool) -> Listing:
        self.session = self.session or await self.fs.set_session()
        path = self.root()
        with translated(self.place()):
            if not is_folder:
                info = await self.fs._info(path)
                if info["type"] == "directory":
                    raise FetchError("NotAFile", f"{self.place()} is a folder: set the input's type to uri_folder")
                return Listing([self.entry(info, path.rsplit("/", 1)[-1])])
            if is_recursive:
                infos = list((await self.fs._find(path, detail=True, withdirs=False)).values())
            else:
                infos = await self.fs._ls(path, detail=True)
        prefix = path.rstrip("/") + "/"
        folders = [info["name"][len(prefix):].rstrip("/") for info in infos if info["type"] == "directory"]
        entries = [
            self.entry(info, info["name"][len(prefix):])
            for info in infos
            # An object named like the folder itself is how consoles mark empty folders.
            if info["type"] == "file" and info["name"].startswith(prefix) and not info["name"].endswith("/")
        ]
        return Listing([entry for entry in entries if entry.name], folders)

    @contextlib.asynccontextmanager
    async def read(self, entry: Entry, offset: int, meter: Meter) -> AsyncIterator[Body]:
        self.session = self.session or await self.fs.set_session()
        bucket, key = entry.key.split("/", 1)
        wanted = {"IfMatch": f'"{entry.etag}"'} if entry.etag else {}
        if offset:
            wanted["Range"] = f"bytes={offset}-"
        with translated(entry.name):
            response = await self.fs._call_s3("get_object", Bucket=bucket, Key=key, **wanted)
            meter.begin()
            async with response["Body"] as stream:
                yield Body(offset, entry.size, guarded(chunks_of(stream.read), entry.name, meter))


def session_without_redirects() -> Any:
    """Returns the class of the driver's HTTP session, which otherwise sends session tokens to wherever a server redirects.

    The driver itself signs a request again for a bucket's region (2026-11).
    """
    from aiobotocore.httpsession import AIOHTTPSession

    class SessionWithoutRedirects(AIOHTTPSession):
        _get_inner = AIOHTTPSession._get_session  # another version of the driver fails here, not open

        async def _get_session(self, proxy_url: Any) -> "RequestsWithoutRedirects":
            return RequestsWithoutRedirects(await self._get_inner(proxy_url))

    return SessionWithoutRedirects


class RequestsWithoutRedirects:
    """A session of aiohttp that raises an error for a redirect."""

    def __init__(self, session: Any) -> None:
        self._session = session

    async def request(self, method: str, **settings: Any) -> Any:
        response = await self._session.request(method, allow_redirects=False, **settings)
        if 300 <= response.status < 400 and response.status != 304 and "x-amz-bucket-region" not in response.headers:
            # The driver would request the bucket's region forever.
            response.release()
            raise by_status(response.status)
        return response


def has_s3_credentials() -> bool:
    import botocore.session
    try:
        return botocore.session.get_session().get_credentials() is not None
    except Exception:
        return False
