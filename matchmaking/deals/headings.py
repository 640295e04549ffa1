"""Which headings (four digits) of the Harmonised System there can be, by the last of each chapter (2022)."""

_LAST = (
    "06 10 09 10 11 04 14 14 10 08 09 14 02 04 22 05 04 06 05 09"  # 01–20
    " 06 09 09 04 30 21 16 53 42 06 05 15 07 07 07 06 07 27 26 17"  # 21–40
    " 15 06 04 21 04 02 07 23 11 07 13 12 11 08 16 09 05 11 11 06"  # 41–60
    " 17 17 10 06 07 03 04 15 14 20 18 29 26 19 08 16 00 06 07 07"  # 61–80
    " 13 15 11 87 49 09 16 07 08 33 14 09 07 06 08 20 06"  # 81–97
)
LAST: dict[str, int] = {f"{chapter:02}": int(last) for chapter, last in enumerate(_LAST.split(), 1)}
"""Chapter → number of its last heading. Chapter 77 is kept free by the convention."""


def may_exist(hs: str) -> bool:
    """Whether a six-digit code lies within the headings of its chapter. Subheadings are not looked up."""
    return hs.isascii() and hs.isdigit() and len(hs) == 6 and 1 <= int(hs[2:4]) <= LAST.get(hs[:2], 0)
