"""Files of installed packages that pages and prints may use: an allow-list, nothing else."""

from importlib.util import find_spec
from pathlib import Path

from expo.settings import ROOT

PACKAGED = {
    "noto-sans/NotoSans[wdth,wght].ttf": ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    "noto-sans/NotoSans-Italic[wdth,wght].ttf": ("fontpkg_noto_sans", "files/NotoSans-Italic[wdth,wght].ttf"),
    "naskh/NotoNaskhArabic-Variable.ttf": ("pylopdf_fonts_ar", "NotoNaskhArabic-Variable.ttf"),
    "noto-sans-sc/NotoSansSC-Regular.otf": ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
}
SCRIPTS = {
    "zxing-wasm-3.1.4/es/reader/index.js": "zxing-wasm/dist/es/reader/index.js",
    "zxing-wasm-3.1.4/es/share.js": "zxing-wasm/dist/es/share.js",
    "zxing-wasm-3.1.4/zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "noble-ed25519-3.2.0/index.js": "@noble/ed25519/index.js",
}
"""The same for scripts from `node_modules`; their version is in the address, as browsers keep them long."""


def packaged_path(name: str) -> Path | None:
    """Where an allow-listed file lies on disk; None for any other name."""
    if name in SCRIPTS:
        return ROOT / "node_modules" / SCRIPTS[name]
    if name not in PACKAGED:
        return None
    package, inside = PACKAGED[name]
    spec = find_spec(package)
    return Path(spec.origin).parent / inside if spec and spec.origin else None
