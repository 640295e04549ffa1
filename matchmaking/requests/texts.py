"""What people write to each other: plain text without anything that disguises what follows it."""

import re
import unicodedata

from expo.errors import Refused
from expo.words import say

LONGEST = 1000
NEWLINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
GAPS = re.compile(r"\n{3,}")
# Marks of direction that can turn round what follows; joiners of Urdu and of emoji stay.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
KEPT = frozenset("\n\u200c\u200d")


def tidy_message(text: str, longest: int = LONGEST) -> str:
    """The text as it is kept. Refused: nothing left of it, or more than `longest` characters."""
    text = unicodedata.normalize("NFC", NEWLINES.sub("\n", text).replace("\t", " "))
    text = "".join(letter for letter in text if _is_kept(letter))
    text = GAPS.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
    if not text.strip("\u200b\u200c\u200d\ufeff\u2060 \n"):
        raise Refused(say("Write something first."))
    if len(text) > longest:
        raise Refused(
            say("That is %(count)s characters; %(most)s are enough.", count=len(text), most=longest)
        )
    return text


def _is_kept(letter: str) -> bool:
    if letter in KEPT:
        return True
    return letter not in TURNING and unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn")
