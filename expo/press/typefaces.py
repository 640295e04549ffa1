"""Typefaces of the press: typst knows no axes, so weights are cut from the variable fonts at set-up."""

from functools import cache
from pathlib import Path
from secrets import token_hex

from expo.packaged import packaged_path

SANS, NASKH, HAN = "House Sans", "House Naskh", "Noto Sans SC"
FAMILIES = (SANS, HAN, NASKH)
"""In the order in which a letter is looked for: Naskh has Latin digits of its own, so it comes last."""
SOURCES = (
    "noto-sans/NotoSans[wdth,wght].ttf",
    "noto-sans-sc/NotoSansSC-Regular.otf",
    "naskh/NotoNaskhArabic-Variable.ttf",
)
_CUT = {
    "sans-400.ttf": (SOURCES[0], SANS, {"wght": 400, "wdth": 100}),
    "sans-700.ttf": (SOURCES[0], SANS, {"wght": 700, "wdth": 100}),
    "naskh-400.ttf": (SOURCES[2], NASKH, {"wght": 400}),
    "naskh-700.ttf": (SOURCES[2], NASKH, {"wght": 700}),
}
FAMILY_NAMES = (1, 16)
"""Entries of a font's name table that say its family."""


def folder_of(instance: Path) -> Path:
    """Where the cut typefaces lie."""
    return instance / "fonts" / "press"


def are_made(instance: Path) -> bool:
    """Whether there is nothing to cut."""
    return all((folder_of(instance) / name).is_file() for name in _CUT)


def make(instance: Path) -> None:
    """Cut the weights that are missing (half a minute, once). Two at once do no harm."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    folder = folder_of(instance)
    folder.mkdir(parents=True, exist_ok=True)
    for name, (source, family, axes) in _CUT.items():
        target = folder / name
        if target.is_file():
            continue
        font = instantiateVariableFont(TTFont(packaged_path(source)), axes, inplace=True, optimize=False)
        font["OS/2"].usWeightClass = axes["wght"]
        for entry in font["name"].names:
            if entry.nameID in FAMILY_NAMES:
                font["name"].setName(family, entry.nameID, entry.platformID, entry.platEncID, entry.langID)
        fresh = target.with_suffix(f".{token_hex(4)}")  # its own: two processes may cut at once
        font.save(fresh)
        fresh.replace(target)


@cache
def _letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset().union(*(TTFont(packaged_path(name), lazy=True).getBestCmap() for name in SOURCES))


def lacking(text: str) -> str:
    """The letters of a text that no typeface of ours has, each once."""
    return "".join(dict.fromkeys(letter for letter in text if ord(letter) not in _letters()))
