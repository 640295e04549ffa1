"""Stand signs on paper."""

from collections.abc import Callable

from flask import current_app, g
from sqlmodel import Session

from expo import printing
from expo.allocation.prints import as_markup
from expo.editions.models import Edition
from expo.errors import Refused
from expo.languages import direction
from expo.plan import queries
from expo.plan.signs import Holder, sign_of
from expo.web.language import speaking
from expo.words import say

CHUNK = 100
"""Signs laid out at once: a fair of thousands keeps its progress."""

Progress = Callable[[int, int], bool]
"""(done, total) → whether to go on."""


def signs_pdf(
    session: Session,
    edition: Edition,
    language: str,
    kind: str = "fascia",
    paper: str = "A3",
    hall: str = "",
    only: str = "",
    progress: Progress | None = None,
) -> bytes:
    """A sign for everybody with a stand, by hall and stand; `only` are stand or exhibitor codes with blanks.

    Needs an application, not a request. Refused when there is nothing to print or `progress` says stop.
    """
    wanted = {code.casefold() for code in only.split()}
    holders = [
        holder
        for holder, codes in queries.sign_holders(session, edition, language, hall)
        if not wanted or wanted & {code.casefold() for code in (*codes, holder.code)}
    ]
    if not holders:
        raise Refused(say("Nobody has a stand here yet: publish an allocation, or choose others."))
    parts = []
    g.edition = edition
    with speaking(language):
        for start in range(0, len(holders), CHUNK):
            html = _html(edition, language, kind, paper, holders[start : start + CHUNK])
            parts.append(printing.pdf(html))
            if progress and not progress(min(start + CHUNK, len(holders)), len(holders)):
                raise Refused(say("The printing was stopped."))
    return parts[0] if len(parts) == 1 else printing.joined(parts)


def _html(edition: Edition, language: str, kind: str, paper: str, holders: list[Holder]) -> str:
    signs = [sign_of(holder, kind, paper, language) for holder in holders]
    return current_app.jinja_env.get_template("expo/plan/signs_print.html").render(
        locale=language,
        direction=direction(language),
        edition=edition,
        kind=kind,
        paper=paper,
        signs=[(sign, as_markup(sign.as_html())) for sign in signs],
    )
