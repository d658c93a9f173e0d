"""Where remote inputs live: listed and read through the drivers of fsspec.

Runs in the fetch environment (RemoteInputs.swift names its packages), never in a model's. What leaves a driver is either data
or a `FetchError`.
"""
import contextlib
import email.utils
import os
import urllib.parse

from batchstudio_runtime.fetch_errors import FetchError, by_status, changed, translated

LISTED_AT_ONCE = 32
CHUNK = 1 << 20
SECONDS_TO_CONNECT = 20
SECONDS_OF_SILENCE = 60


def make_source(description):
    """Return the source that the executor describes; credentials come with the description, or from the usual variables."""
    kinds = {"http": HTTPSource, "s3": S3Source, "azure_blob": AzureSource}
    return kinds[description["kind"]](description)


class Source:
    """A file or folder elsewhere. `entries` are dicts: name, key, size, etag, mtime; unknown values are None."""

    def __init__(self, description):
        self.description = description
        self.path = description.get("path") or ""
        self.credentials = description.get("credentials") or {}

    def setting(self, name):
        return self.description.get(name) or None

    def place(self):
        """Return the address for messages."""
        return self.description["address"]

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


class S3Source(Source):
    def __init__(self, description):
        super().__init__(description)
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

    async def list(self, is_folder, is_recursive):
        self.session = self.session or await self.fs.set_session()
        return await super().list(is_folder, is_recursive)

    @contextlib.asynccontextmanager
    async def read(self, entry, offset):
        self.session = self.session or await self.fs.set_session()
        bucket, key = entry["key"].split("/", 1)
        wanted = {"IfMatch": '"' + entry["etag"] + '"'} if entry["etag"] else {}
        if offset:
            wanted["Range"] = "bytes={}-".format(offset)
        with translated(entry["name"]):
            response = await self.fs._call_s3("get_object", Bucket=bucket, Key=key, **wanted)
            async with response["Body"] as stream:
                yield offset, entry["size"], chunks_of(stream.read, entry["name"])


def has_s3_credentials():
    import botocore.session
    try:
        return botocore.session.get_session().get_credentials() is not None
    except Exception:
        return False


class AzureSource(Source):
    def __init__(self, description):
        super().__init__(description)
        import adlfs
        account = self.setting("account_name") or os.environ.get("AZURE_STORAGE_ACCOUNT")
        variables = os.environ
        host = self.setting("account_url") or "https://{}.blob.core.windows.net".format(account)
        given = {
            "account_key": self.credentials.get("account_key"),
            "sas_token": self.credentials.get("sas_token"),
        }
        if not any(given.values()):
            given["account_key"] = variables.get("AZURE_STORAGE_ACCOUNT_KEY") or variables.get("AZURE_STORAGE_KEY")
            given["sas_token"] = variables.get("AZURE_STORAGE_SAS_TOKEN")
        given = {name: value.lstrip("?") for name, value in given.items() if value}
        self.fs = adlfs.AzureBlobFileSystem(
            account_name=account,
            anon=not given,
            asynchronous=True,
            skip_instance_cache=True,
            use_listings_cache=False,
            connection_string=connection_string(account, host, given),
        )

    async def list(self, is_folder, is_recursive):
        """List through the driver's client: its own listing guesses by depth, and takes `in2` for a part of `in` (2026-11)."""
        client = self.fs.service_client.get_container_client(self.description["container"])
        folders, entries = 0, []
        with translated(self.place()):
            if not is_folder:
                found = await client.get_blob_client(self.path).get_blob_properties()
                return [azure_entry(found, self.path.rsplit("/", 1)[-1])], 0
            prefix = self.path.strip("/") + "/" if self.path.strip("/") else ""
            if is_recursive:
                listing = client.list_blobs(name_starts_with=prefix, include=["metadata"])
            else:
                listing = client.walk_blobs(name_starts_with=prefix, delimiter="/", include=["metadata"])
            async for found in listing:
                if found.name.endswith("/"):
                    folders += found.name != prefix
                # Accounts with folders of their own list these as empty blobs with a mark.
                elif not (found.get("metadata") or {}).get("hdi_isfolder"):
                    entries.append(azure_entry(found, found.name[len(prefix):]))
        return entries, folders

    @contextlib.asynccontextmanager
    async def read(self, entry, offset):
        from azure.core import MatchConditions
        wanted = {}
        if entry["etag"]:
            wanted = {"etag": '"' + entry["etag"] + '"', "match_condition": MatchConditions.IfNotModified}
        with translated(entry["name"]):
            client = self.fs.service_client.get_blob_client(self.description["container"], entry["key"])
            stream = await client.download_blob(offset=offset or None, retry_total=0, **wanted)
            yield offset, entry["size"], guarded(stream.chunks(), entry["name"])


def azure_entry(blob, name):
    etag = blob.etag and blob.etag.strip('"')
    mtime = blob.last_modified.timestamp() if blob.last_modified else None
    return {"name": name, "key": blob.name, "size": blob.size, "etag": etag, "mtime": mtime}


def connection_string(account, host, given):
    """Return what the Azure library connects by: unlike its other ways in, it takes hosts of any name, as emulators have."""
    parts = ["BlobEndpoint=" + host.rstrip("/")]
    if account:
        parts.append("AccountName=" + account)
    if "account_key" in given:
        parts.append("AccountKey=" + given["account_key"])
    elif "sas_token" in given:
        parts.append("SharedAccessSignature=" + given["sas_token"])
    return ";".join(parts)


class HTTPSource(Source):
    def __init__(self, description):
        super().__init__(description)
        import aiohttp
        import yarl
        from fsspec.implementations.http import HTTPFileSystem
        base = description["url"]
        if self.path:
            base = base.rstrip("/") + "/" + urllib.parse.quote(self.path)
        self.url = str(yarl.URL(base))
        self.yarl = yarl
        self.query = self.credentials.get("query")
        headers = dict(self.credentials.get("headers") or {})
        if self.credentials.get("token"):
            headers["Authorization"] = "Bearer " + self.credentials["token"]
        # A compressed transfer would make the size on the way another than the file's.
        headers["Accept-Encoding"] = "identity"
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=SECONDS_TO_CONNECT, sock_read=SECONDS_OF_SILENCE
        )
        self.fs = HTTPFileSystem(
            simple_links=False, encoded=True, asynchronous=True, skip_instance_cache=True,
            client_kwargs={"headers": headers, "timeout": timeout, "trust_env": True},
        )

    def address(self, url):
        if self.query:
            url += ("&" if "?" in url else "?") + self.query
        return self.yarl.URL(url, encoded=True)

    async def list(self, is_folder, is_recursive):
        if not is_folder:
            name = urllib.parse.unquote(self.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
            with translated(self.place()):
                return [await self.look(self.url, name)], 0
        root = self.url.rstrip("/") + "/"
        waiting, seen, entries, folders = [root], {root}, [], 0
        while waiting:
            folder = waiting.pop()
            with translated(unquoted(folder, root) or self.place()):
                links = await self.fs._ls(folder, detail=False)
            for link in links:
                link = str(self.yarl.URL(link))
                # Headings of columns that sort, anchors and the way up are links too.
                if "?" in link or "#" in link or not link.startswith(folder) or link in seen or "/../" in link:
                    continue
                seen.add(link)
                if not link.endswith("/"):
                    entries.append({"name": unquoted(link, root), "key": link})
                elif is_recursive:
                    waiting.append(link)
                else:
                    folders += 1
        return entries, folders

    async def look(self, url, name):
        """Return the entry of a file, by what the server's headers say."""
        session = await self.fs.set_session()
        async with session.head(self.address(url), allow_redirects=True) as response:
            if response.status in (405, 501):
                return {"name": name, "key": url, "size": None, "etag": None, "mtime": None}
            check(response, name)
            return dict(described(response), name=name, key=url)

    @contextlib.asynccontextmanager
    async def read(self, entry, offset):
        session = await self.fs.set_session()
        headers = {"Range": "bytes={}-".format(offset)} if offset else {}
        if offset and entry["etag"] and not entry["etag"].startswith("W/"):
            headers["If-Range"] = '"' + entry["etag"] + '"'
        with translated(entry["name"]):
            async with session.get(self.address(entry["key"]), headers=headers) as response:
                check(response, entry["name"])
                start = offset if response.status == 206 else 0
                now = described(response)
                for key, words in (("etag", "etag"), ("mtime", "time of change")):
                    if entry[key] is not None and now[key] is not None and now[key] != entry[key]:
                        raise changed(words)
                encoding = response.headers.get("Content-Encoding", "identity")
                size = entry["size"] if encoding == "identity" else None
                if start == 0 and size is not None and now["size"] is not None and now["size"] != size:
                    raise changed("size")
                yield start, size, guarded(response.content.iter_chunked(CHUNK), entry["name"])


def unquoted(url, root):
    return urllib.parse.unquote(url[len(root):])


def described(response):
    length = response.headers.get("Content-Length")
    modified = response.headers.get("Last-Modified")
    try:
        mtime = email.utils.parsedate_to_datetime(modified).timestamp() if modified else None
    except (TypeError, ValueError):
        mtime = None
    etag = response.headers.get("ETag")
    return {"size": int(length) if length and length.isdigit() else None, "etag": etag and etag.strip('"'), "mtime": mtime}


def check(response, name):
    if response.status >= 400:
        raise by_status(response.status, response.reason, response.headers.get("Retry-After"))


async def chunks_of(read, name):
    with translated(name):
        while True:
            data = await read(CHUNK)
            if not data:
                return
            yield data


async def guarded(chunks, name):
    with translated(name):
        async for data in chunks:
            yield data
