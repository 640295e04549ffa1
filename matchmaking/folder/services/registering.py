"""The folder's sorts of registration, quotas and questions brought into an edition."""

from datetime import UTC
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.registration.models import Question, QuestionTicket, Quota, QuotaTicket, Ticket
from matchmaking.folder.parse import Parsed, Record

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
    session.flush()


def _ticket(edition: Edition, position: int, r: Record) -> Ticket:
    plain = (
        "code", "name", "text", "kind", "places", "needs_approval", "invitation_only", "one_per_email",
        "keeps_list", "is_offered",
    )  # fmt: skip
    values: dict[str, Any] = {name: r[name] for name in plain}
    for name in ("opens_at", "closes_at"):
        values[name] = r[name] and r[name].replace(tzinfo=edition.zone_info).astimezone(UTC)
    return Ticket(edition_id=edition.id, position=position, **values)


def _question(edition: Edition, position: int, r: Record) -> Question:
    plain = (
        "code", "text", "hint", "kind", "options", "is_required", "least", "most", "after_values", "on_list",
        "on_badge", "is_retired",
    )  # fmt: skip
    return Question(edition_id=edition.id, position=position, **{name: r[name] for name in plain})
