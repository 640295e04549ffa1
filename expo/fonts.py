"""Fonts for the web, made at set-up from the packaged ones: only the scripts we write, compressed.

Noto Sans shrinks from 2 MB to about 260 KB. Where they were not made, pages take the packaged files.
"""

import sys
from pathlib import Path

from expo.packaged import packaged_path
from expo.press import typefaces
from expo.settings import read_settings

WEB_FONTS = {
    "noto-sans.woff2": (
        "noto-sans/NotoSans[wdth,wght].ttf",
        "U+0-24F,U+259,U+2B0-36F,U+400-52F,U+1E00-1EFF,U+2000-206F,U+20A0-20CF,U+2100-218F,U+2190-22FF,U+25A0-25FF",
    ),
    "naskh.woff2": (
        "naskh/NotoNaskhArabic-Variable.ttf",
        "U+600-6FF,U+750-77F,U+8A0-8FF,U+FB50-FDFF,U+FE70-FEFF",
    ),
}
"""name → the packaged font and the characters kept, the same ranges as in expo.css."""


def web_font_path(instance: Path, name: str) -> Path | None:
    """Where a made font lies, if it has been made."""
    path = instance / "fonts" / name
    return path if name in WEB_FONTS and path.is_file() else None


def make(instance: Path) -> list[str]:
    """Make the fonts that are missing; their names."""
    from fontTools.subset import Options, Subsetter, load_font, parse_unicodes, save_font

    made = []
    for name, (source, characters) in WEB_FONTS.items():
        target = instance / "fonts" / name
        if target.exists():
            continue
        options = Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
        font = load_font(packaged_path(source), options)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=parse_unicodes(characters))
        subsetter.subset(font)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".part")
        save_font(font, fresh, options)
        fresh.rename(target)
        made.append(name)
    return made


def main() -> int:
    """Entry of `python -m expo.fonts`."""
    instance = read_settings().instance
    if any(web_font_path(instance, name) is None for name in WEB_FONTS):
        print("• Making the web fonts (once)")
        make(instance)
    if not typefaces.are_made(instance):
        print("• Cutting the typefaces of the press (half a minute, once)")
        typefaces.make(instance)
    return 0


if __name__ == "__main__":
    sys.exit(main())
