"""Keys that people who may be the same have in common, as numbers for an index.

Two people are compared only where one's probes meet the other's keys. A key is made of all letters of a name
in alphabetic order, so that neither the order of names nor where they are parted matters, and once more for
each letter left out, so that one letter may differ. Long names are known by their consonants; short ones by
their sounds, or half of China would meet in one key. Scripts without vowels meet the others by consonants.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from zlib import crc32

from expo.registration.alike.letters import Form, form_of

SHORT = 5
MOST_KEYS = 160


def keys_of(name: Mapping[str, str], email: str = "") -> list[int]:
    """The numbers under which somebody is kept, sorted."""
    return _numbers(_texts(name, email, stored=True))


def probes_of(name: Mapping[str, str], email: str = "") -> list[int]:
    """The numbers under which those are kept who may be the same person, sorted."""
    return _numbers(_texts(name, email, stored=False))


def _numbers(texts: Iterable[str]) -> list[int]:
    distinct = list(dict.fromkeys(texts))[:MOST_KEYS]
    return sorted({crc32(text.encode()) - 2**31 for text in distinct})


def _texts(name: Mapping[str, str], email: str, *, stored: bool) -> Iterator[str]:
    if address := mailbox(email):
        yield f"e:{address}"
    for text in name.values():
        form = form_of(text)
        if form.tokens:
            yield from _of_form(form, stored=stored)


def _of_form(form: Form, *, stored: bool) -> Iterator[str]:
    bones = "".join(sorted("".join(form.skeletons)))
    if form.script == "abjad":
        yield from _near("a:", bones)
        yield from _near("b:" if stored else "p:", bones)
        return
    if len(bones) >= SHORT:
        yield from _near("s:", bones)
    if len(bones) <= SHORT:
        yield from _near("l:", "".join(sorted("".join(form.sounds))))
    yield from _near("p:" if stored else "b:", bones)
    if form.script == "plain" and len(form.tokens) > 2:  # a second or father's name may be missing
        for pair in combinations(form.skeletons[:4], 2):
            whole = "".join(sorted("".join(pair)))
            if len(whole) >= SHORT:
                yield f"s:{whole}"


def _near(prefix: str, letters: str) -> Iterator[str]:
    yield prefix + letters
    if len(letters) >= SHORT:
        for place in range(len(letters)):
            yield prefix + letters[:place] + letters[place + 1 :]


def mailbox(email: str) -> str:
    """An address without what mail servers ignore: case, a tag after +, dots where they do not count."""
    local, _, domain = email.strip().casefold().partition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local and domain else ""
