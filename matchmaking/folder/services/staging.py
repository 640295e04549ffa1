"""The folder's call for talks and run sheets of ceremonies brought into an edition."""

from datetime import UTC, datetime

from sqlmodel import Session, SQLModel

from expo.call.models import CallForTalks, CallLetter, Criterion
from expo.ceremony.models import Ceremony, CeremonyGuest, CeremonyItem, CeremonyPart, CeremonyRank
from expo.editions.models import Edition
from matchmaking.folder.parse import Parsed, Record

Ids = dict[str, dict[str, int]]
PLAIN = ("text", "forums", "kinds", "lengths", "languages", "is_anonymous", "reviews_wanted", "most_speakers")


def bring_call(session: Session, edition: Edition, parsed: Parsed) -> None:
    """Make the call for talks with its criteria and its own letters."""

    def instant(local: datetime | None) -> datetime | None:
        return local and local.replace(tzinfo=edition.zone_info).astimezone(UTC)

    rows: list[SQLModel] = []
    rows += [
        CallForTalks(
            edition_id=edition.id,
            opens_at=instant(r["opens_at"]),
            closes_at=instant(r["closes_at"]),
            **{name: r[name] for name in PLAIN},
        )
        for r in parsed.tables["call"]
    ]
    for position, r in enumerate(parsed.tables["call_criteria"], start=1):
        rows.append(Criterion(edition_id=edition.id, position=position, **r.values))
    rows += [CallLetter(edition_id=edition.id, **r.values) for r in parsed.tables["call_letters"]]
    session.add_all(rows)
    session.flush()


def bring_ceremonies(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """Make guests, their ranks, and the run sheets; `ids` knows talks and speakers by their codes."""
    guests = _guests(session, edition, parsed, ids)
    session.add_all(
        CeremonyRank(guest_id=guests[r["guest"]], since=r["since"], rank=r["rank"], title=r["title"])
        for r in parsed.tables["ceremony_ranks"]
    )
    sheets: dict[str, list[Record]] = {}
    for r in parsed.tables["run_sheets"]:
        sheets.setdefault(r["talk"], []).append(r)
    for code, items in sheets.items():
        ceremony = Ceremony(edition_id=edition.id, talk_id=ids["talks"][code], revision=1)
        session.add(ceremony)
        session.flush()
        for position, r in enumerate(items, start=1):
            item = _item(edition, ceremony, position, r)
            session.add(item)
            session.flush()
            session.add_all(
                CeremonyPart(item_id=item.id, guest_id=guests[guest], role=role) for guest, role in r["parts"]
            )
    session.flush()


def _guests(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> dict[int, int | None]:
    """Number → id."""
    records = sorted(parsed.tables["ceremony_guests"], key=lambda r: r["number"])
    rows = [
        CeremonyGuest(
            edition_id=edition.id, name=r["name"], organisation=r["organisation"], country=r["country"],
            speaker_id=ids["speakers"][r["speaker"]] if r["speaker"] else None,
        )
        for r in records
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    return {r["number"]: row.id for r, row in zip(records, rows, strict=True)}


def _item(edition: Edition, ceremony: Ceremony, position: int, r: Record) -> CeremonyItem:
    names = ("title", "kind", "minutes", "turnover_min", "stage", "cue")
    return CeremonyItem(
        edition_id=edition.id, ceremony_id=ceremony.id, position=position, **{name: r[name] for name in names}
    )
