"""Texts of other systems made plain: HTML, lengths, languages, numbers."""

import re
from html.parser import HTMLParser

from expo.forums.feeds.parts import LARGEST, clean

TAG = re.compile(
    r"</?(p|br|ul|ol|li|a|div|b|i|em|strong|h[1-6]|span|pre|code|blockquote|table|tr|td|img)\b[^<>]*>", re.I
)
ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
BLOCKS = frozenset("p br div ul ol li h1 h2 h3 h4 h5 h6 pre blockquote table tr".split())  # noqa: SIM905
SILENT = frozenset(("script", "style"))
LONGEST_MIN = 1440


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.parts.append("\n• " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0
        if tag in BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def plain(text: str | None) -> str:
    """A text without markup: paragraphs stay apart, list items get a dot. Without tags it stays as it is."""
    text = clean(text or "").strip()
    if not (TAG.search(text) or ENTITY.search(text)):
        return text
    reader = _Plain()
    reader.feed(text)
    reader.close()
    lines = [" ".join(part.split()) for part in clean("".join(reader.parts)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def minutes_of(text: str) -> int | None:
    """A length in whole minutes from '1:30', '01:30:00', '0:1:30:00' (days first) or '90', or None."""
    parts = text.strip().split(":")
    if not all(re.fullmatch(r"\d{1,5}", part) for part in parts) or len(parts) > 4:
        return None
    numbers = list(map(int, parts))
    if len(numbers) == 1:
        return numbers[0]
    if len(numbers) == 2:
        return 60 * numbers[0] + numbers[1]
    if len(numbers) == 3:
        return 60 * numbers[0] + numbers[1] + round(numbers[2] / 60)
    return 1440 * numbers[0] + 60 * numbers[1] + numbers[2]


def number_of(text: str | None) -> int | None:
    """A positive number that fits an id; None for anything else."""
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text) and 0 < int(text) <= LARGEST else None


def slug_of(text: str, longest: int = 16) -> str:
    """Capital letters, digits and hyphens of a name; '' where it has none of Latin script."""
    return re.sub(r"[^A-Z0-9]+", "-", text.upper()).strip("-")[:longest].strip("-")
