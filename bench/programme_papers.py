"""The programme's papers on the edition of this instance: CPU seconds and pages of each, in each language."""

from __future__ import annotations

import sys

from sqlmodel import select

from app import create_app
from bench.record import record
from expo.editions.models import Edition
from expo.forums import prints
from expo.forums.prints.booklet import programme_html
from expo.forums.prints.context import shown
from expo.forums.prints.timetable import timetable_html
from expo.printing import page_count, pdf
from expo.web import cli_session

LIMITS = {"A3 grid": 5.0, "booklet": 10.0}
"""CPU seconds that the English ones may take (grid of two days; 40 pages)."""


def measure(session: object, edition: Edition, language: str) -> None:
    """The grid and the booklet, past every cache."""
    what = shown(session, edition)  # pyright: ignore[reportArgumentType]
    for name, html in (
        ("A3 grid", timetable_html(what, edition, language)),
        ("A2 grid", timetable_html(what, edition, language, "A2")),
        ("booklet", programme_html(what, edition, language)),
    ):
        with record("programme_papers", f"{name}, {language}", 0) as figures:
            document = pdf(html)
            figures |= {"pages": page_count(document), "bytes": len(document), "limit": LIMITS.get(name)}


def main(arguments: list[str]) -> None:
    """English by default; --all adds the other languages and the door signs."""
    app = create_app(log_level="error")
    with app.app_context(), cli_session() as session:
        edition = session.exec(select(Edition).order_by(Edition.id)).first()
        assert edition is not None, "no edition to print: make demo"
        pdf('<html lang="en"><title>warm-up</title><p>x</p></html>')
        for language in ("en", "zh", "ru", "ur") if "--all" in arguments else ("en",):
            measure(session, edition, language)
        if "--all" in arguments:
            with record("programme_papers", "door signs A4, en", 0) as figures:
                figures["pages"] = page_count(prints.doors_pdf(session, edition, "en", since="none"))


if __name__ == "__main__":
    main(sys.argv[1:])
