"""Which other sites may show the plan within a frame of theirs."""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from expo.errors import Refused
from expo.words import say

MOST_SITES = 30
_HOST = re.compile(
    r"^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:[0-9]{1,5})?$"
)


def ancestors(embedding: str, sites: Iterable[str]) -> str | None:
    """What `frame-ancestors` of the content security policy says; None where embedding is switched off."""
    if embedding == "anywhere":
        return "*"
    if embedding == "listed":
        return " ".join(("'self'", *sites))
    return None


def sites_of(typed: str) -> list[str]:
    """Origins out of what somebody typed, one a line: "https://www.example.org". Refused with the bad one."""
    found: list[str] = []
    for line in typed.split():
        site = origin(line.strip(",;"))
        if site is None:
            raise Refused(
                say(
                    "“%(site)s” is no address of a site. Write it like https://www.example.org.",
                    site=line[:80],
                )
            )
        if site not in found:
            found.append(site)
    if len(found) > MOST_SITES:
        raise Refused(
            say("These are %(count)s sites; %(most)s are the most.", count=len(found), most=MOST_SITES)
        )
    return found


def origin(typed: str) -> str | None:
    """Scheme, host and port of an address as the policy wants them; None for what is none."""
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host = parts.netloc.encode("idna").decode().lower()
    except (UnicodeError, ValueError):
        return None
    if "://" not in typed and "." not in host:
        return None  # a bare word is rather a slip than a machine in the house
    if parts.scheme not in ("http", "https") or not _HOST.match(host):
        return None
    return f"{parts.scheme}://{host}"


def snippet(address: str, title: str) -> str:
    """The HTML that shows the plan within another page."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="720" loading="lazy"'
        ' style="border:0;resize:vertical"></iframe>'
    )
