"""Several tables named at once: "1-40, 55"."""

import re

MOST = 2_000
LAST = 100_000
PART = re.compile(r"(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?")
SEPARATOR = re.compile(r"[,،;，、\s]+")


def numbers(text: str) -> list[int] | None:
    """The numbers of single tables and of spans, each once, in order; None where it cannot be read.

    Nothing beyond LAST, and not more than MOST at once. Digits of any script are understood.
    """
    joined = re.sub(r"\s*([-–—])\s*", r"\1", text.strip())
    found: set[int] = set()
    for part in filter(None, SEPARATOR.split(joined)):
        read = PART.fullmatch(part)
        if read is None:
            return None
        first, last = int(read[1]), int(read[2] or read[1])
        if not 1 <= first <= last <= LAST or last - first >= MOST:
            return None
        found.update(range(first, last + 1))
    return sorted(found) if 0 < len(found) <= MOST else None
