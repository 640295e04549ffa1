"""The bytes of a schedule.xml as a tree, with nothing in it that could harm: no entities, no network."""

import re
from html.entities import html5

from lxml import etree

from expo.forums.incoming.values import Odd, Unreadable
from expo.words import say

MOST_BYTES = 64 << 20
XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REFERENCE = re.compile(rb"&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});")
_NAMED = re.compile(rb"&([a-zA-Z][a-zA-Z0-9]{1,30});")


def tree_of(data: bytes) -> tuple[etree._Element, list[Odd]]:
    """The root of the document, and what had to be mended. Unreadable where that cannot be done."""
    if len(data) > MOST_BYTES:
        raise Unreadable(say("The file has more than %(mb)s MB.", mb=MOST_BYTES >> 20))
    if b"<!ENTITY" in data.replace(b"\0", b"").upper():
        raise Unreadable(say("The file declares entities of its own; such files are not accepted."))
    try:
        return _parsed(data), []
    except etree.XMLSyntaxError as first:
        mended = _NAMED.sub(_character, _REFERENCE.sub(_allowed, _CONTROL.sub(b"", data)))
        try:
            root = _parsed(mended)
        except etree.XMLSyntaxError as error:
            place = error.lineno or 0
            raise Unreadable(
                say("Line %(line)s is not well-formed XML: %(reason)s", line=place, reason=_reason(error))
            ) from None
        return root, [Odd(first.lineno or 0, say("Characters that XML does not allow were left out."))]


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(data, parser)
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = etree.QName(element).localname
    if root.tag != "schedule":
        raise Unreadable(
            say("This is no schedule.xml: its outermost element is “%(tag)s”.", tag=str(root.tag))
        )
    return root


def _reason(error: etree.XMLSyntaxError) -> str:
    return re.sub(r", line \d+, column \d+.*", "", error.msg or "")[:200]


def _allowed(found: re.Match[bytes]) -> bytes:
    number = int(found[1][1:], 16) if found[1][:1] == b"x" else int(found[1])
    fine = number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
    return found[0] if fine or 0x10000 <= number <= 0x10FFFF else b""


def _character(found: re.Match[bytes]) -> bytes:
    """A character that HTML has a name for, by its number."""
    name = found[1].decode("ascii")
    shown = html5.get(f"{name};")
    if name in XML_OWN or shown is None:
        return found[0]
    return "".join(f"&#{ord(letter)};" for letter in shown).encode("ascii")
