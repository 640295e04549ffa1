"""How an organisation is known again: its name without case, width and needless spaces."""

import unicodedata
from collections.abc import Mapping

from expo.languages import pick


def search_name(name: Mapping[str, str]) -> str:
    """The English (or first) name, folded: "ＡＢＣ  Trading" and "abc trading" are one."""
    return folded(pick(name, "en"))


def tidied(text: str) -> str:
    """A name as somebody types it, without needless spaces and odd widths."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def folded(text: str) -> str:
    """A name as somebody types it, in the form names are compared in."""
    return tidied(unicodedata.normalize("NFKC", text).casefold())
