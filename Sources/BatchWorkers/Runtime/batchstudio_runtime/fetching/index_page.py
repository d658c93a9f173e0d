"""The links of the page by which a web server lists a folder."""
import html.parser
import urllib.parse


def links_of(text, folder):
    """Returns the addresses that the links of a folder's page name, in order, each once."""
    parser = LinkParser()
    parser.feed(text)
    parser.close()
    return list(dict.fromkeys(joined(folder, link) for link in parser.links))


def joined(folder, link):
    if not link.startswith(("http://", "https://", "/", "?", "#")):
        # A name with a colon is no address with a scheme.
        link = "./" + link
    return urllib.parse.urljoin(folder, link)


class LinkParser(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links = []

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.links += [value for name, value in attributes if name == "href" and value]
