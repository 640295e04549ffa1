"""Who is to be told what of the agenda, and noting that they were."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, text
from sqlmodel import Session, select

from expo.accounts.models import Grant, User
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer, ExhibitorProfile
from matchmaking.meetings.models import Meeting
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.tongues import tongue

Name = dict[str, str]


@dataclass(frozen=True)
class News:
    """A change of one meeting as one party sees it; kind is "new", "moved", "cancelled", or "elsewhere" for a
    new one at another time than the two had agreed on."""

    kind: str
    meeting: int
    sequence: int
    starts_at: datetime
    ends_at: datetime
    table: int
    other: Name


@dataclass(frozen=True)
class Reader:
    """A party to write to."""

    side: str
    id: int
    code: str
    name: Name
    contact: str
    address: str
    language: str
    news: tuple[News, ...]


def affected(session: Session, edition: Edition) -> list[Reader]:
    """The parties whose planned meetings differ from what they were last told, buyers first, by code.

    A meeting that came and went without a word concerns nobody.
    """
    rows = session.execute(
        select(Meeting, Buyer, Exhibitor)
        .join(Buyer, Buyer.id == Meeting.buyer_id)
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .where(
            Meeting.edition_id == edition.id,
            or_(
                (Meeting.state == "planned") & (Meeting.told.is_(None) | (Meeting.told < Meeting.sequence)),
                (Meeting.state == "cancelled") & (Meeting.told < Meeting.sequence),
            ),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    names = _names(session, rows)
    spoken, agreed = _languages(session, edition, rows), _agreed_slots(session, edition)
    found: dict[tuple[str, int], list[News]] = {}
    parties: dict[tuple[str, int], Buyer | Exhibitor] = {}
    for meeting, buyer, exhibitor in rows:
        kind = "cancelled" if meeting.state == "cancelled" else "new" if meeting.told is None else "moved"
        if kind == "new" and agreed.get((buyer.id, exhibitor.id), meeting.slot) != meeting.slot:
            kind = "elsewhere"
        for side, party, other in (("buyer", buyer, exhibitor), ("exhibitor", exhibitor, buyer)):
            parties[side, party.id] = party
            found.setdefault((side, party.id), []).append(
                News(kind, meeting.id, meeting.sequence, meeting.starts_at, meeting.ends_at,
                     meeting.table_number, names[other.organisation_id])
            )  # fmt: skip
    readers = [
        Reader(side, number, parties[side, number].code, names[parties[side, number].organisation_id],
               parties[side, number].contact_name, parties[side, number].contact_email,
               spoken(parties[side, number]), tuple(news))
        for (side, number), news in found.items()
    ]  # fmt: skip
    return sorted(readers, key=lambda reader: (reader.side, reader.code))


UNTOLD = text(
    """WITH news AS (
           SELECT buyer_id, exhibitor_id FROM meeting
            WHERE edition_id = :edition
              AND (state = 'planned' AND (told IS NULL OR told < sequence)
                   OR state = 'cancelled' AND told < sequence))
       SELECT (SELECT count(DISTINCT buyer_id) FROM news) + (SELECT count(DISTINCT exhibitor_id) FROM news)"""
)


def untold(session: Session, edition: Edition) -> int:
    """How many parties `affected` would name, without reading what they are told."""
    return session.execute(UNTOLD, {"edition": edition.id}).scalar_one()


def _names(session: Session, rows) -> dict[int, Name]:
    wanted = {party.organisation_id for _m, *parties in rows for party in parties}
    found = session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted)))
    return dict(found.all())


def _agreed_slots(session: Session, edition: Edition) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(MeetingRequest.buyer_id, MeetingRequest.exhibitor_id, MeetingRequest.slot).where(
            MeetingRequest.edition_id == edition.id,
            MeetingRequest.state == "agreed",
            MeetingRequest.slot.is_not(None),
        )
    )
    return {(buyer, exhibitor): slot for buyer, exhibitor, slot in rows}


def _languages(session: Session, edition: Edition, rows) -> Callable[[Buyer | Exhibitor], str]:
    """What to write a party in: the language of its address's account, else of its people's, else of what it
    speaks."""
    parties = [party for _m, *both in rows for party in both]
    own = dict(
        session.execute(
            select(func.lower(User.email), User.language).where(
                func.lower(User.email).in_({party.contact_email.lower() for party in parties})
            )
        ).all()
    )
    firms = dict(
        session.execute(
            select(Grant.organisation_id, User.language)
            .join(User, User.id == Grant.user_id)
            .where(Grant.organisation_id.in_({party.organisation_id for party in parties}))
            .where((Grant.edition_id == edition.id) | Grant.edition_id.is_(None))
            .order_by(User.id.desc())  # the first account of a firm comes last and stays
        ).all()
    )
    usual = edition.languages[0] if edition.languages else "en"
    countries = dict(
        session.execute(
            select(Organisation.id, Organisation.country).where(
                Organisation.id.in_({party.organisation_id for party in parties})
            )
        ).all()
    )
    profiles = dict(
        session.execute(
            select(ExhibitorProfile.exhibitor_id, ExhibitorProfile.languages).where(
                ExhibitorProfile.edition_id == edition.id
            )
        ).all()
    )

    def spoken(party: Buyer | Exhibitor) -> str:
        chosen = own.get(party.contact_email.lower()) or firms.get(party.organisation_id)
        said = party.languages if isinstance(party, Buyer) else profiles.get(party.id, [])
        return chosen or tongue(said, countries[party.organisation_id], usual)

    return spoken


UNPLACED = text(
    """INSERT INTO request_notice (edition_id, side, party_id, kind, other_id, due_at)
       SELECT :edition, side.name, CASE side.name WHEN 'buyer' THEN pair.buyer_id ELSE pair.exhibitor_id END,
              'unplaced', CASE side.name WHEN 'buyer' THEN pair.exhibitor_id ELSE pair.buyer_id END, now()
         FROM (SELECT DISTINCT buyer_id, exhibitor_id FROM meeting_request
                WHERE edition_id = :edition AND state = 'agreed') AS pair
         JOIN exhibitor ON exhibitor.id = pair.exhibitor_id AND exhibitor.state = 'accepted'
        CROSS JOIN (VALUES ('buyer'), ('supplier')) AS side(name)
        WHERE NOT EXISTS (SELECT 1 FROM meeting
                           WHERE meeting.edition_id = :edition AND meeting.buyer_id = pair.buyer_id
                             AND meeting.exhibitor_id = pair.exhibitor_id AND meeting.state <> 'cancelled')
          AND NOT EXISTS (SELECT 1 FROM request_notice AS known
                           WHERE known.edition_id = :edition AND known.kind = 'unplaced'
                             AND known.side = side.name
                             AND known.party_id = CASE side.name WHEN 'buyer' THEN pair.buyer_id
                                                                 ELSE pair.exhibitor_id END
                             AND known.other_id = CASE side.name WHEN 'buyer' THEN pair.exhibitor_id
                                                                 ELSE pair.buyer_id END)
       ON CONFLICT DO NOTHING"""
)
PLACED = text(
    """DELETE FROM request_notice AS known USING meeting
        WHERE known.edition_id = :edition AND known.kind = 'unplaced' AND known.told_at IS NULL
          AND meeting.edition_id = :edition AND meeting.state <> 'cancelled'
          AND (known.side = 'buyer' AND known.party_id = meeting.buyer_id
                   AND known.other_id = meeting.exhibitor_id
               OR known.side = 'supplier' AND known.party_id = meeting.exhibitor_id
                   AND known.other_id = meeting.buyer_id)"""
)


def tell_unplaced(session: Session, edition: Edition) -> None:
    """Have both sides told, once, who agreed to meet and found no place in the agenda now in force."""
    forget_placed(session, edition)
    session.execute(UNPLACED, {"edition": edition.id})


def forget_placed(session: Session, edition: Edition) -> None:
    """Tell nobody that there is no place for what has found one meanwhile."""
    session.execute(PLACED, {"edition": edition.id})


def tell(session: Session, edition: Edition, readers: list[Reader]) -> None:
    """Note that the two sides of these meetings know them as they are now."""
    told = {news.meeting: news.sequence for reader in readers for news in reader.news}
    session.execute(
        text(
            "UPDATE meeting SET told = given.value FROM jsonb_each_text(CAST(:told AS jsonb)) AS g(key, v),"
            " LATERAL (SELECT g.key::integer AS id, g.v::integer AS value) AS given"
            " WHERE meeting.id = given.id AND meeting.edition_id = :edition"
        ).bindparams(told=_json(told), edition=edition.id)
    )


def _json(told: dict[int, int]) -> str:
    return "{" + ",".join(f'"{number}":{sequence}' for number, sequence in told.items()) + "}"
