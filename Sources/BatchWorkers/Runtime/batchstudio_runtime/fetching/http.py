"""Remote inputs on web servers: a file, or the pages that list a folder."""
import contextlib
import email.utils
import urllib.parse

from batchstudio_runtime.fetching.errors import FetchError, by_status, changed, translated
from batchstudio_runtime.fetching.index_page import links_of
from batchstudio_runtime.fetching.source import CHUNK, SECONDS_OF_SILENCE, SECONDS_TO_CONNECT, Source, guarded
from batchstudio_runtime.fetching.transfer import Meter, watched, within

PAGE_TYPES = ("text/html", "application/xhtml+xml")


class HTTPSource(Source):
    def __init__(self, description, limits):
        super().__init__(description, limits)
        import aiohttp
        import yarl
        base = description["url"]
        if self.path:
            base = base.rstrip("/") + "/" + urllib.parse.quote(self.path)
        self.url = str(yarl.URL(base))
        self.yarl = yarl
        self.query = self.credentials.get("query")
        self.origin = yarl.URL(self.url).origin()
        self.secret_headers = dict(self.credentials.get("headers") or {})
        if self.credentials.get("token"):
            self.secret_headers["Authorization"] = "Bearer " + self.credentials["token"]
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=SECONDS_TO_CONNECT, sock_read=SECONDS_OF_SILENCE
        )
        self.new_session = lambda: aiohttp.ClientSession(
            # A compressed transfer would make the size on the way another than the file's.
            headers={"Accept-Encoding": "identity"}, timeout=timeout, trust_env=True, middlewares=(self.send,),
        )
        self._session = None

    def session(self):
        self._session = self._session or self.new_session()
        return self._session

    async def send(self, request, send):
        """Sends a request, one that follows a redirect too; credentials go to the scheme, host and port of the address alone."""
        if request.url.origin() == self.origin:
            for name, value in self.secret_headers.items():
                if name.lower() == "cookie" and name in request.headers:
                    value = "{}; {}".format(request.headers[name], value)
                if name.lower() != "accept-encoding":
                    request.headers[name] = value
        return await send(request)

    def address(self, url):
        if self.query:
            url += ("&" if "?" in url else "?") + self.query
        return self.yarl.URL(url, encoded=True)

    async def list(self, is_folder, is_recursive):
        if not is_folder:
            name = urllib.parse.unquote(self.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
            return [await self.look(self.url, name)], 0
        root = self.url.rstrip("/") + "/"
        waiting, seen, entries, folders = [root], {root}, [], 0
        while waiting:
            folder = waiting.pop()
            with translated(unquoted(folder, root) or self.place()):
                links = await self.links(folder)
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

    async def links(self, folder):
        """Returns the links of the page that lists a folder."""
        meter = Meter()
        text = await watched(self.page(folder, meter), meter, self.limits)
        return links_of(text, folder)

    async def page(self, folder, meter):
        async with self.session().get(self.address(folder)) as response:
            meter.begin()
            self.check(response)
            if response.content_type not in PAGE_TYPES and "Content-Type" in response.headers:
                return ""
            text = bytearray()
            async for data in response.content.iter_chunked(CHUNK):
                meter.add(len(data))
                text += data
                if len(text) > self.limits.index_bytes:
                    words = "the page that lists the folder has more than {} bytes".format(self.limits.index_bytes)
                    raise FetchError("TooLarge", words)
        try:
            return text.decode(response.charset or "utf-8", "replace")
        except LookupError:
            return text.decode("utf-8", "replace")

    async def look(self, url, name):
        """Return the entry of a file, by what the server's headers say."""
        words = "the server does not answer"
        with translated(name):
            return await within(self.limits.answer_seconds, self.head(url, name), words, is_transient=True)

    async def head(self, url, name):
        async with self.session().head(self.address(url), allow_redirects=True) as response:
            if response.status in (405, 501):
                return {"name": name, "key": url, "size": None, "etag": None, "mtime": None}
            self.check(response)
            return dict(described(response), name=name, key=url)

    @contextlib.asynccontextmanager
    async def read(self, entry, offset, meter):
        headers = {"Range": "bytes={}-".format(offset)} if offset else {}
        if offset and entry["etag"] and not entry["etag"].startswith("W/"):
            headers["If-Range"] = '"' + entry["etag"] + '"'
        with translated(entry["name"]):
            async with self.session().get(self.address(entry["key"]), headers=headers) as response:
                meter.begin()
                self.check(response)
                start = offset if response.status == 206 else 0
                now = described(response)
                for key, words in (("etag", "etag"), ("mtime", "time of change")):
                    if entry[key] is not None and now[key] is not None and now[key] != entry[key]:
                        raise changed(words)
                encoding = response.headers.get("Content-Encoding", "identity")
                size = entry["size"] if encoding == "identity" else None
                if start == 0 and size is not None and now["size"] is not None and now["size"] != size:
                    raise changed("size")
                if size is None and encoding == "identity":
                    size = now["size"] if start == 0 else None
                yield start, size, guarded(response.content.iter_chunked(CHUNK), entry["name"], meter)

    def check(self, response):
        if response.status in (401, 403) and self.secret_headers and response.url.origin() != self.origin:
            words = "access is denied (HTTP {} {}): the server redirects to {}, where the credentials of {} are not sent"
            text = words.format(response.status, response.reason, response.url.origin(), self.origin)
            raise FetchError("AccessDenied", text)
        if response.status >= 400:
            raise by_status(response.status, response.reason, response.headers.get("Retry-After"))


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

