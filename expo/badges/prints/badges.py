"""Badges on paper: chunks of one design each, set by the press."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from babel.dates import format_interval
from flask import current_app, g
from sqlmodel import Session

from expo import printing
from expo.badges import queries, services
from expo.badges.card import Bearer, Card, Frame, make_card, with_programme
from expo.badges.design import Design, sheet_of
from expo.badges.imposing import badge_job, unfit
from expo.badges.keys import badge_key
from expo.badges.prints.answers import answers_printed
from expo.badges.queries import ALL, Look, Wanted
from expo.badges.queries.programme import own_talks
from expo.badges.tokens import LENGTH
from expo.editions.models import Edition
from expo.errors import Refused
from expo.languages import BABEL_LOCALES, pick
from expo.outbox.papers import paper
from expo.press import press_of
from expo.press.apart import Apart, apart
from expo.qr import codes_of_length
from expo.registration.kinds import NAMES
from expo.registration.models import Person
from expo.registration.queries import PeopleFilter
from expo.web import _
from expo.web.language import country_name, speaking, words
from expo.words import say

CHUNK = 32
"""Badges set at once, about: more take more memory, fewer embed the fonts more often."""
MOST_TALKS = 14
"""Of one's own programme on the back."""

Plan = list[tuple[int | None, list[int]]]
"""The chunks of a print in order: version of the design (None: the usual), ids of badges."""
Progress = Callable[[int, int], bool]
"""(done, total) → whether to go on."""


@dataclass(frozen=True)
class Chunk:
    """Some badges as PDF, which they are, and what did not fit: [code of the person, field, state]."""

    document: bytes
    badge_ids: list[int]
    unfit: list[list[str]]


def plan_of(session: Session, edition: Edition, rows: Sequence[Any]) -> Plan:
    """Rows of `queries.planned` in chunks, each of one design, as the sheets of that design are filled."""
    versions = queries.newest(session, list({row.design_id for row in rows if row.design_id}))
    looks = queries.looks(session, edition, list(versions.values()))
    found: Plan = []
    rank = {version: n for n, version in enumerate(dict.fromkeys(versions.get(r.design_id) for r in rows))}
    ordered = sorted(rows, key=lambda row: rank[versions.get(row.design_id)])
    for version, group in groupby(ordered, key=lambda row: versions.get(row.design_id)):
        ids = [row.badge_id for row in group]
        places = sheet_of(looks[version].design).places
        size = max(1, CHUNK // places) * places
        found += [(version, ids[start : start + size]) for start in range(0, len(ids), size)]
    return found


def chunk_pdf(
    session: Session,
    edition: Edition,
    language: str,
    look: Look,
    rows: Sequence[Any],
    *,
    alone: bool = False,
    press: Apart | None = None,
) -> Chunk:
    """Badges of `queries.bearers` in a language and a design; `alone`: one to a page.

    With a `press` of its own, of many, without tags. Needs an application, not a request.
    """
    signer = services.signer_of(session, edition, badge_key(current_app.extensions["expo_settings"]))
    codes = codes_of_length(LENGTH)
    design = replace(look.design, sheet="one") if alone else look.design
    g.edition = edition
    with speaking(language):
        frame = frame_of(edition, design, language)
        answers = _answers(session, edition, design, rows, language)
        cards = [
            make_card(
                number,
                _bearer(row, answers.get(row.person_id, "")),
                frame,
                design,
                codes.svg(signer.token(row.person_id, row.serial, row.key_number)),
            )
            for number, row in enumerate(rows)
        ]
        if design.back == "programme":
            cards = _with_programmes(session, edition, rows, cards, frame)
        job = badge_job(design, frame, cards, look.logo)
    # What a print of many makes is cut and worn: tags for screen readers would double its memory.
    here = press_of(current_app.extensions["expo_settings"].instance)
    sheets = press.pdf(job, accessible=False) if press else here.pdf(job)
    told = [[rows[one.number].code, one.field, one.state] for one in unfit(sheets.told)]
    told += [[rows[n].code, card.missing, "missing"] for n, card in enumerate(cards) if card.missing]
    return Chunk(sheets.document, [row.badge_id for row in rows], told)


def frame_of(edition: Edition, design: Design, language: str) -> Frame:
    """What is the same on all badges of a print. Within `speaking(language)`."""
    return Frame(
        edition=pick(edition.name, language),
        dates=format_interval(edition.starts_on, edition.ends_on, "yMMMd", locale=BABEL_LOCALES[language]),
        language=language,
        kinds={kind: words(name) for kind, name in NAMES.items()},
        code_says=_("The code of badge %(code)s", code="%s"),
        line=design.line,
        back_title=_("My programme") if design.back == "programme" else "",
        back_lines=design.back_text.splitlines() if design.back in ("text", "programme") else (),
    )


def _with_programmes(
    session: Session, edition: Edition, rows: Sequence[Any], cards: Sequence[Card], frame: Frame
) -> list[Card]:
    talks = own_talks(session, edition, [row.person_id for row in rows], frame.language)
    return [
        with_programme(card, frame, talks.get(row.person_id, [])[:MOST_TALKS])
        for row, card in zip(rows, cards, strict=True)
    ]


def _answers(
    session: Session, edition: Edition, design: Design, rows: Sequence[Any], language: str
) -> dict[int, str]:
    if all(one.what != "answers" for one in design.fields):
        return {}
    return answers_printed(session, edition, [row.person_id for row in rows], language)


def _bearer(row: Any, answers: str) -> Bearer:
    return Bearer(
        kind=row.kind,
        code=row.code,
        name=row.name,
        language=row.language,
        position=row.position,
        organisation=row.organisation,
        country=country_name(row.country) if row.country else "",
        answers=answers,
    )


def badges_pdf(
    session: Session,
    edition: Edition,
    language: str,
    wanted: Wanted = ALL,
    progress: Progress | None = None,
) -> bytes:
    """The badges of the people whom the filter finds; who has none yet is issued one.

    Kinds, countries and dates are in `language`. Needs an application, not a request. Refused when there is
    nothing to print, or when `progress` asks to stop.
    """
    services.issue_all(session, edition, wanted)
    rows = queries.planned(session, edition, wanted, language=language)
    must_be_some(rows)
    parts, done = [], 0
    for chunk in made(session, edition, language, plan_of(session, edition, rows)):
        parts.append(chunk.document)
        done += len(chunk.badge_ids)
        if progress and not progress(done, len(rows)):
            raise Refused(say("The printing was stopped. No badge was marked as printed."))
    return parts[0] if len(parts) == 1 else printing.joined(parts)


def must_be_some(rows: Sequence[Any]) -> None:
    """Refused when there is nobody to print for."""
    if not rows:
        raise Refused(say("There is no badge to print here: change the filter, or register people first."))


def made(session: Session, edition: Edition, language: str, plan: Plan) -> Iterator[Chunk]:
    """The chunks of a plan, one after the other."""
    looks = queries.looks(session, edition, [version for version, _ids in plan])
    with apart(current_app.extensions["expo_settings"].instance) as press:
        for version, ids in plan:
            rows = queries.bearers(session, edition, ids)
            if rows:
                yield chunk_pdf(session, edition, language, looks[version], rows, press=press)


def badge_pdf(session: Session, edition: Edition, person: Person, language: str) -> Chunk:
    """One person's badge, alone on its page; issued first where there is none."""
    wanted = Wanted(PeopleFilter(code=person.code))
    services.issue_all(session, edition, wanted)
    rows = queries.planned(session, edition, wanted)
    must_be_some(rows)
    look = queries.look_of_kind(session, edition, person.kind)
    bearers = queries.bearers(session, edition, [rows[0].badge_id])
    return chunk_pdf(session, edition, language, look, bearers, alone=True)


@paper("badge")
def badge_paper(session: Session, wanted: dict[str, Any]) -> tuple[str, bytes]:
    """The badge that goes with a letter to its bearer, in their language."""
    person = session.get_one(Person, wanted["person_id"])
    edition = session.get_one(Edition, person.edition_id)
    return f"badge-{person.code}.pdf", badge_pdf(session, edition, person, person.language).document
