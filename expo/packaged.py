"""Files of installed packages that pages and prints may use: an allow-list, nothing else."""

from importlib.util import find_spec
from pathlib import Path

PACKAGED = {
    "noto-sans/NotoSans[wdth,wght].ttf": ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    "noto-sans/NotoSans-Italic[wdth,wght].ttf": ("fontpkg_noto_sans", "files/NotoSans-Italic[wdth,wght].ttf"),
    "naskh/NotoNaskhArabic-Variable.ttf": ("pylopdf_fonts_ar", "NotoNaskhArabic-Variable.ttf"),
    "noto-sans-sc/NotoSansSC-Regular.otf": ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
}


def packaged_path(name: str) -> Path | None:
    """Where an allow-listed file lies on disk; None for any other name."""
    if name not in PACKAGED:
        return None
    package, inside = PACKAGED[name]
    spec = find_spec(package)
    return Path(spec.origin).parent / inside if spec and spec.origin else None
