"""HTML as text, for readers without: paragraphs, lists, and tables with a line for each row."""

from html.parser import HTMLParser

BREAKS = {"p", "div", "h1", "h2", "h3", "ul", "ol", "table", "tr", "br", "li", "hr"}
APART = {"p", "h1", "h2", "h3", "ul", "ol", "table"}
UNSAID = {"style", "script", "title", "head"}
CELLS = {"td", "th"}


def plain_text(html: str) -> str:
    """Write what a page says."""
    reader = _Reader()
    head, _, body = html.partition("</head>")
    reader.feed(body or head)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._unsaid = 0
        self._link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSAID:
            self._unsaid += 1
        if tag in BREAKS:
            self._break(apart=tag in APART)
        if tag == "li":
            self._line = "- "
        if tag in CELLS and self._line.strip():
            self._line = self._line.rstrip() + " | "
        if tag == "a":
            self._link = dict(attrs).get("href")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSAID:
            self._unsaid -= 1
        if tag == "a" and self._link and self._link not in self._line:
            self._line += f" <{self._link}>"
        if tag in BREAKS:
            self._break(apart=tag in APART)

    def handle_data(self, data: str) -> None:
        if self._unsaid:
            return
        words = " ".join(data.split())
        if not words:
            return
        has_gap = data[:1].isspace() and self._line and not self._line.endswith(" ")
        self._line += (" " if has_gap else "") + words + (" " if data[-1:].isspace() else "")

    def text(self) -> str:
        self._break(apart=False)
        return "\n".join(self._lines).strip() + "\n"

    def _break(self, *, apart: bool) -> None:
        if self._line.strip():
            self._lines.append(self._line.strip())
        self._line = ""
        if apart and self._lines and self._lines[-1]:
            self._lines.append("")
