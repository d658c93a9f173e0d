"""Remote inputs in S3, and in what speaks like it."""
import contextlib
import os

from batchstudio_runtime.fetching.errors import FetchError, by_status, translated
from batchstudio_runtime.fetching.source import (
    LISTED_AT_ONCE,
    SECONDS_OF_SILENCE,
    SECONDS_TO_CONNECT,
    Source,
    chunks_of,
    guarded,
)


class S3Source(Source):
    def __init__(self, description, limits):
        super().__init__(description, limits)
        import s3fs
        given = {
            "key": self.credentials.get("access_key_id"),
            "secret": self.credentials.get("secret_access_key"),
            "token": self.credentials.get("session_token"),
        }
        client = {"region_name": self.setting("region")}
        config = {
            "connect_timeout": SECONDS_TO_CONNECT,
            "read_timeout": SECONDS_OF_SILENCE,
            "retries": {"max_attempts": 0},
            "max_pool_connections": LISTED_AT_ONCE,
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
        # s3fs tries again by itself; the fetcher counts tries.
        self.fs.retries = 1
        self.session = None

    def root(self):
        return (self.description["bucket"] + "/" + self.path).strip("/")

    def entry(self, info, name):
        modified = info.get("LastModified") or info.get("last_modified")
        etag = info.get("ETag") or info.get("etag")
        return {
            "name": name,
            "key": info["name"],
            "size": info.get("size"),
            "etag": etag.strip('"') if etag else None,
            "mtime": modified.timestamp() if hasattr(modified, "timestamp") else None,
        }

    async def list(self, is_folder, is_recursive):
        """Return the entries in order and how many folders were passed over."""
        self.session = self.session or await self.fs.set_session()
        path = self.root()
        with translated(self.place()):
            if not is_folder:
                info = await self.fs._info(path)
                if info["type"] == "directory":
                    raise FetchError("NotAFile", self.place() + " is a folder: say uri_folder")
                return [self.entry(info, path.rsplit("/", 1)[-1])], 0
            if is_recursive:
                infos = list((await self.fs._find(path, detail=True, withdirs=False)).values())
                folders = 0
            else:
                infos = await self.fs._ls(path, detail=True)
                folders = sum(1 for info in infos if info["type"] == "directory")
        prefix = path.rstrip("/") + "/"
        entries = [
            self.entry(info, info["name"][len(prefix):])
            for info in infos
            # An object named like the folder itself is how consoles mark empty folders.
            if info["type"] == "file" and info["name"].startswith(prefix) and not info["name"].endswith("/")
        ]
        return [entry for entry in entries if entry["name"]], folders

    @contextlib.asynccontextmanager
    async def read(self, entry, offset, meter):
        self.session = self.session or await self.fs.set_session()
        bucket, key = entry["key"].split("/", 1)
        wanted = {"IfMatch": '"' + entry["etag"] + '"'} if entry["etag"] else {}
        if offset:
            wanted["Range"] = "bytes={}-".format(offset)
        with translated(entry["name"]):
            response = await self.fs._call_s3("get_object", Bucket=bucket, Key=key, **wanted)
            meter.begin()
            async with response["Body"] as stream:
                yield offset, entry["size"], guarded(chunks_of(stream.read), entry["name"], meter)


def session_without_redirects():
    """Returns the driver's HTTP session, which otherwise sends session tokens on to wherever a server redirects.

    The driver itself signs a request again for a bucket's region (2026-11).
    """
    from aiobotocore.httpsession import AIOHTTPSession

    class SessionWithoutRedirects(AIOHTTPSession):
        _get_inner = AIOHTTPSession._get_session  # another version of the driver fails here, not open

        async def _get_session(self, proxy_url):
            return RequestsWithoutRedirects(await self._get_inner(proxy_url))

    return SessionWithoutRedirects


class RequestsWithoutRedirects:
    def __init__(self, session):
        self._session = session

    async def request(self, method, **settings):
        response = await self._session.request(method, allow_redirects=False, **settings)
        if 300 <= response.status < 400 and response.status != 304 and "x-amz-bucket-region" not in response.headers:
            # The driver would ask for the bucket's region without end.
            response.release()
            raise by_status(response.status)
        return response


def has_s3_credentials():
    import botocore.session
    try:
        return botocore.session.get_session().get_credentials() is not None
    except Exception:
        return False
