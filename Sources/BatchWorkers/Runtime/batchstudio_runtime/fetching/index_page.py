"""The links of the page by which a web server lists a folder."""
import html.parser
import urllib.parse
from typing import List, Optional, Tuple


def links_of(text: str, folder: str) -> List[str]:
    """Returns the addresses that the links of a folder's page name, in order, each once."""
    parser = LinkParser()
    parser.feed(text)
    parser.close()
    return list(dict.fromkeys(joined(folder, link) for link in parser.links))


def joined(folder: str, link: str) -> str:
    if not link.startswith(("http://", "https://", "/", "?", "#")):
        # The start of a name with a colon is not a scheme.
        link = "./" + link
    return urllib.parse.urljoin(folder, link)


class LinkParser(html.parser.HTMLParser):
    """A parser that collects the addresses of links."""

    def __init__(self) -> None:
        super().__init__()
        self.links: List[str] = []

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, Optional[str]]]) -> None:
        if tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]
