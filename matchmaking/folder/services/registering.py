"""The folder's registration brought into an edition: settings, sorts, quotas, questions, codes, answers."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from expo.editions.models import Edition
from expo.registration.models import (
    Answer,
    Invitation,
    Question,
    QuestionTicket,
    Quota,
    QuotaTicket,
    RegistrationSettings,
    Ticket,
)
from expo.registration.services.settings import FIELDS
from matchmaking.folder.answers import as_answer
from matchmaking.folder.parse import Parsed, Record

CHUNK = 5_000
Ids = dict[str, dict[str, int]]


def bring_registration(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """Make what people register for and are asked; `ids` gets the rows by code. People come after it."""
    tickets = [_ticket(edition, *pair) for pair in enumerate(parsed.tables["tickets"], start=1)]
    quotas = [
        Quota(edition_id=edition.id, code=r["code"], name=r["name"], places=r["places"])
        for r in parsed.tables["quotas"]
    ]
    questions = [_question(edition, *pair) for pair in enumerate(parsed.tables["questions"], start=1)]
    session.add_all([*tickets, *quotas, *questions])
    session.flush()
    for name, rows in (("tickets", tickets), ("quotas", quotas), ("questions", questions)):
        ids[name] = {row.code: row.id or 0 for row in rows}
    for r, quota in zip(parsed.tables["quotas"], quotas, strict=True):
        session.add_all(QuotaTicket(quota_id=quota.id, ticket_id=ids["tickets"][one]) for one in r["tickets"])
    for r, question in zip(parsed.tables["questions"], questions, strict=True):
        session.add_all(
            QuestionTicket(question_id=question.id, ticket_id=ids["tickets"][one]) for one in r["tickets"]
        )
        question.after_id = ids["questions"].get(r["after"])
    session.add_all(
        RegistrationSettings(edition_id=edition.id, **{name: r[name] for name in FIELDS})
        for r in parsed.tables["registration"]
    )
    codes = [_invitation(edition, r, ids) for r in parsed.tables["invitations"]]
    session.add_all(codes)
    session.flush()
    ids["invitations"] = {row.code: row.id or 0 for row in codes}


def bring_answers(session: Session, parsed: Parsed, ids: Ids) -> None:
    """Keep what people answered; the people are there already."""
    kinds = {r["code"]: r["kind"] for r in parsed.tables["questions"]}
    rows = [
        {
            "person_id": ids["people"][r["person"]],
            "question_id": ids["questions"][r["question"]],
            "value": as_answer(kinds[r["question"]], r["value"]),
        }
        for r in parsed.tables["answers"]
    ]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(Answer).values(rows[start : start + CHUNK]))


def _ticket(edition: Edition, position: int, r: Record) -> Ticket:
    plain = (
        "code", "name", "text", "kind", "places", "needs_approval", "invitation_only", "one_per_email",
        "keeps_list", "is_offered",
    )  # fmt: skip
    values: dict[str, Any] = {name: r[name] for name in plain}
    for name in ("opens_at", "closes_at"):
        values[name] = _instant(edition, r[name])
    return Ticket(edition_id=edition.id, position=position, **values)


def _invitation(edition: Edition, r: Record, ids: Ids) -> Invitation:
    plain = ("code", "uses", "reserves", "skips_approval", "note")
    return Invitation(
        edition_id=edition.id,
        ticket_id=ids["tickets"][r["ticket"]] if r["ticket"] else None,
        **{name: r[name] for name in plain},
        **{name: _instant(edition, r[name]) for name in ("expires_at", "closed_at")},
    )


def _instant(edition: Edition, local: datetime | None) -> datetime | None:
    return local and local.replace(tzinfo=edition.zone_info).astimezone(UTC)


def _question(edition: Edition, position: int, r: Record) -> Question:
    plain = (
        "code", "text", "hint", "kind", "options", "is_required", "least", "most", "after_values", "on_list",
        "on_badge", "is_retired",
    )  # fmt: skip
    return Question(edition_id=edition.id, position=position, **{name: r[name] for name in plain})
