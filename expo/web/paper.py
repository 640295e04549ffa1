"""Templates for print: in a language of choice, with the times of an edition, outside requests too."""

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from flask import current_app, g

from expo.languages import direction
from expo.printing import pdf
from expo.settings import ROOT
from expo.web.language import speaking

KEPT = 256
"""Prints kept on disk; the same sheet is not drawn twice, however often strangers ask for it."""


def paper_html(template: str, edition: Any, language: str, **values: Any) -> str:
    """A print template as HTML; needs an application, not a request."""
    before = g.get("edition")
    g.edition = edition
    try:
        with speaking(language):
            return current_app.jinja_env.get_template(template).render(
                locale=language, direction=direction(language), edition=edition, **values
            )
    finally:
        g.edition = before


def kept_pdf(html: str, styles: Sequence[str]) -> bytes:
    """The PDF of `html`, drawn unless the same was drawn before with the same `styles` (files of ours)."""
    path = _path_of(html, styles)
    if path.exists():
        return path.read_bytes()
    made = pdf(html)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{token_hex(4)}")
    fresh.write_bytes(made)
    fresh.replace(path)
    with suppress(FileNotFoundError):  # another process may be clearing away the same ones
        found = sorted(path.parent.glob("*.pdf"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in found[KEPT:]:
            old.unlink(missing_ok=True)
    return made


def is_kept(html: str, styles: Sequence[str]) -> bool:
    """Whether that PDF was drawn before and is still there."""
    return _path_of(html, styles).exists()


def _path_of(html: str, styles: Sequence[str]) -> Path:
    folder: Path = current_app.extensions["expo_settings"].instance / "prints"
    look = b"".join((ROOT / "static" / name).read_bytes() for name in styles)
    return folder / f"{sha256(html.encode() + look).hexdigest()}.pdf"
