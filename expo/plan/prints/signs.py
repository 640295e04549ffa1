"""Stand signs on paper."""

from collections.abc import Callable

from flask import current_app
from sqlmodel import Session

from expo import printing
from expo.editions.models import Edition
from expo.errors import Refused
from expo.languages import pick
from expo.plan import queries
from expo.plan.signs import sign_of, signs_job
from expo.press import press_of
from expo.words import say

CHUNK = 60
"""Signs set at once: a fair of thousands keeps its progress."""

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
    press, name = press_of(current_app.extensions["expo_settings"].instance), pick(edition.name, language)
    parts = []
    for start in range(0, len(holders), CHUNK):
        some = holders[start : start + CHUNK]
        signs = [sign_of(number, holder, name, language) for number, holder in enumerate(some)]
        parts.append(press.pdf(signs_job(kind, paper, signs, name, language)).document)
        if progress and not progress(min(start + CHUNK, len(holders)), len(holders)):
            raise Refused(say("The printing was stopped."))
    return parts[0] if len(parts) == 1 else printing.joined(parts)
