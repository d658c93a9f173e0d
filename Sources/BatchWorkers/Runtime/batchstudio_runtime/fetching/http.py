"""Remote inputs on web servers: a file, or the pages that list a folder."""
import contextlib
import email.utils
import urllib.parse
from typing import Any, AsyncIterator, Dict, List

from batchstudio_runtime.fetching.errors import FetchError, by_status, changed, translated
from batchstudio_runtime.fetching.index_page import links_of
from batchstudio_runtime.fetching.limits import TransferLimits
from batchstudio_runtime.fetching.listing import Entry, Listing
from batchstudio_runtime.fetching.source import CHUNK, CONNECT_TIMEOUT, READ_TIMEOUT, Body, Description, Source, guarded
from batchstudio_runtime.fetching.transfer import Meter, watched, within

PAGE_TYPES = ("text/html", "application/xhtml+xml")


class HTTPSource(Source):
    """A file of a web server, or a folder that it lists."""

    def __init__(self, description: Description, limits: TransferLimits) -> None:
        super().__init__(description, limits)
        import aiohttp
        import yarl
        base = description["url"]
        if self.path:
            base = base.rstrip("/") + "/" + urllib.parse.quote(self.path)
        self.url = str(yarl.URL(base))
        self.yarl: Any = yarl
        self.query = self.credentials.get("query")
        self.origin = yarl.URL(self.url).origin()
        self.secret_headers: Dict[str, str] = dict(self.credentials.get("headers") or {})
        if self.credentials.get("token"):
            self.secret_headers["Authorization"] = "Bearer " + self.credentials["token"]
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT, sock_read=READ_TIMEOUT)
        self.new_session = lambda: aiohttp.ClientSession(
            # The transferred size of a compressed file differs from the file's.
            headers={"Accept-Encoding": "identity"}, timeout=timeout, trust_env=True, middlewares=(self.send,),
        )
        self._session: Any = None

    def session(self) -> Any:
        self._session = self._session or self.new_session()
        return self._session

    async def send(self, request: Any, send: Any) -> Any:
        """Sends a request, also after a redirect; credentials are sent only to the scheme, host and port of the address."""
        if request.url.origin() == self.origin:
            for name, value in self.secret_headers.items():
                if name.lower() == "cookie" and name in request.headers:
                    value = f"{request.headers[name]}; {value}"
                if name.lower() != "accept-encoding":
                    request.headers[name] = value
        return await send(request)

    def address(self, url: str) -> Any:
        if self.query:
            url += ("&" if "?" in url else "?") + self.query
        return self.yarl.URL(url, encoded=True)

    async def list(self, is_folder: bool, is_recursive: bool) -> Listing:
        if not is_folder:
            name = urllib.parse.unquote(self.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
            return Listing([await self.inspect(Entry(name, self.url))])
        root = self.url.rstrip("/") + "/"
        waiting, seen = [root], {root}
        entries: List[Entry] = []
        folders: List[str] = []
        while waiting:
            folder = waiting.pop()
            with translated(unquoted(folder, root) or self.place()):
                links = await self.links(folder)
            for link in links:
                link = str(self.yarl.URL(link))
                # Links for sorting, anchors and the parent folder are no files.
                if "?" in link or "#" in link or not link.startswith(folder) or link in seen or "/../" in link:
                    continue
                seen.add(link)
                if not link.endswith("/"):
                    entries.append(Entry(unquoted(link, root), link))
                elif is_recursive:
                    waiting.append(link)
                else:
                    folders.append(unquoted(link, root).rstrip("/"))
        return Listing(entries, folders, has_names_only=True)

    async def links(self, folder: str) -> List[str]:
        """Returns the links of the page that lists a folder."""
        meter = Meter()
        text = await watched(self.page(folder, meter), meter, self.limits)
        return links_of(text, folder)

    async def page(self, folder: str, meter: Meter) -> str:
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
                    message = f"the page that lists the folder has more than {self.limits.index_bytes} bytes"
                    raise FetchError("TooLarge", message)
        try:
            return text.decode(response.charset or "utf-8", "replace")
        except LookupError:
            return text.decode("utf-8", "replace")

    async def inspect(self, entry: Entry) -> Entry:
        """Returns the entry with what the server's headers report."""
        message = "the server does not answer"
        with translated(entry.name):
            return await within(self.limits.answer_seconds, self.head(entry), message, is_transient=True)

    async def head(self, entry: Entry) -> Entry:
        async with self.session().head(self.address(entry.key), allow_redirects=True) as response:
            if response.status in (405, 501):
                return entry
            self.check(response)
            return described(response, entry)

    @contextlib.asynccontextmanager
    async def read(self, entry: Entry, offset: int, meter: Meter) -> AsyncIterator[Body]:
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        if offset and entry.etag and not entry.etag.startswith("W/"):
            headers["If-Range"] = f'"{entry.etag}"'
        with translated(entry.name):
            async with self.session().get(self.address(entry.key), headers=headers) as response:
                meter.begin()
                self.check(response)
                start = offset if response.status == 206 else 0
                now = described(response, entry)
                if None not in (entry.etag, now.etag) and now.etag != entry.etag:
                    raise changed("ETag")
                if None not in (entry.mtime, now.mtime) and now.mtime != entry.mtime:
                    raise changed("modification time")
                encoding = response.headers.get("Content-Encoding", "identity")
                size = entry.size if encoding == "identity" else None
                if start == 0 and size is not None and now.size is not None and now.size != size:
                    raise changed("size")
                if size is None and encoding == "identity":
                    size = now.size if start == 0 else None
                yield Body(start, size, guarded(response.content.iter_chunked(CHUNK), entry.name, meter))

    def check(self, response: Any) -> None:
        if response.status in (401, 403) and self.secret_headers and response.url.origin() != self.origin:
            raise FetchError(
                "AccessDenied",
                f"access is denied (HTTP {response.status} {response.reason}): the server redirects to {response.url.origin()}, "
                f"where the credentials of {self.origin} are not sent",
            )
        if response.status >= 400:
            raise by_status(response.status, response.reason, response.headers.get("Retry-After"))


def unquoted(url: str, root: str) -> str:
    return urllib.parse.unquote(url[len(root):])


def described(response: Any, entry: Entry) -> Entry:
    """Returns the entry with the size and version in a response."""
    length = response.headers.get("Content-Length")
    modified = response.headers.get("Last-Modified")
    try:
        mtime = email.utils.parsedate_to_datetime(modified).timestamp() if modified else None
    except (TypeError, ValueError):
        mtime = None
    etag = response.headers.get("ETag")
    size = int(length) if length and length.isdigit() else None
    return Entry(entry.name, entry.key, size, etag and etag.strip('"'), mtime)
