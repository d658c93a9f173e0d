"""Remote inputs on web servers: a file, or the pages that list a folder."""
import contextlib
import email.utils
import urllib.parse

from batchstudio_runtime.fetching.errors import by_status, changed, translated
from batchstudio_runtime.fetching.source import CHUNK, SECONDS_OF_SILENCE, SECONDS_TO_CONNECT, Source, guarded


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
