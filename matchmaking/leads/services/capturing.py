"""A badge scanned at a stand becomes a lead, once: however often the phone sends it, however many scan."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.accounts.services import count_try, forgive
from expo.badges import tokens
from expo.badges.models import Badge
from expo.badges.tokens import Flaw, Ring
from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.registration.models import Person
from expo.words import Sentence
from matchmaking.leads.marks import Scan
from matchmaking.leads.models import Lead, LeadBook, LeadVisit
from matchmaking.leads.services.marking import mark
from matchmaking.leads.typed import begins_a_name, folded
from matchmaking.leads.wording import REFUSALS

ONE_VISIT = timedelta(minutes=10)
"""Scans of one person so close together are one visit of theirs: two colleagues, or a second try."""
EARLIEST = timedelta(days=30)
"""So long before the event nobody scans at a stand; build-up and rehearsals are later."""


@dataclass(frozen=True)
class Scanner:
    """Who scans: for which exhibitor, as whom. A phone without a sign-in is its bearer's."""

    exhibitor: Exhibitor
    name: str
    user_id: int | None = None
    staff_id: int | None = None


@dataclass(frozen=True)
class Result:
    """What became of a scan: the lead, or the reason why there is none (`reason` a key of REFUSALS)."""

    scan_id: str
    lead: Lead | None = None
    reason: str = ""
    sentence: Sentence | None = None
    is_new: bool = False


def capture(session: Session, edition: Edition, scanner: Scanner, scan: Scan, ring: Ring) -> Result:
    """Take over a scan with its taps. The same scan again changes nothing but for newer taps."""
    exhibitor = scanner.exhibitor
    seen = _visit(session, exhibitor, scan.scan_id)
    if seen is None:
        person, reason = _bearer(session, edition, scanner, scan, ring)
        if person is None:
            return _refused(scan, reason)
        if person.exhibitor_id == exhibitor.id:
            return _refused(scan, "own")
        _hold(session, exhibitor)
        seen = _visit(session, exhibitor, scan.scan_id)  # another request may have brought it meanwhile
        if seen is None:
            return _met(session, scanner, scan, person)
    lead = session.exec(select(Lead).where(Lead.id == seen.lead_id, Lead.exhibitor_id == exhibitor.id)).one()
    mark(session, lead, seen, scan.marks)
    return Result(scan.scan_id, lead)


def _refused(scan: Scan, reason: str) -> Result:
    return Result(scan.scan_id, reason=reason, sentence=REFUSALS[reason])


def _visit(session: Session, exhibitor: Exhibitor, scan_id: str) -> LeadVisit | None:
    return session.exec(
        select(LeadVisit).where(LeadVisit.exhibitor_id == exhibitor.id, LeadVisit.scan_id == scan_id)
    ).one_or_none()


def _hold(session: Session, exhibitor: Exhibitor) -> None:
    """One scan of an exhibitor after the other: numbers have no holes and nobody is met twice at once."""
    session.execute(insert(LeadBook).values(exhibitor_id=exhibitor.id).on_conflict_do_nothing())
    session.execute(select(LeadBook.counted).where(LeadBook.exhibitor_id == exhibitor.id).with_for_update())


def _bearer(
    session: Session, edition: Edition, scanner: Scanner, scan: Scan, ring: Ring
) -> tuple[Person | None, str]:
    """Whose badge it is, or why there is nobody to be met."""
    first = datetime.combine(edition.starts_on, time(), edition.zone_info) - EARLIEST
    if scan.at < min(first, now() - EARLIEST):
        return None, "early"
    if not scan.secret:
        return _typed(session, edition, scanner, scan)
    found = tokens.read(scan.secret, ring)
    if isinstance(found, Flaw):
        return None, found.value
    row = session.execute(
        select(Person, Badge)
        .join(Badge, (Badge.person_id == Person.id) & (Badge.serial == found.serial))
        .where(Person.id == found.person_id, Person.edition_id == edition.id)
    ).one_or_none()
    if row is None:
        elsewhere = session.exec(select(Person.edition_id).where(Person.id == found.person_id)).one_or_none()
        return None, "foreign" if elsewhere not in (None, edition.id) else "revoked"
    person, badge = row
    if badge.revoked_at is not None:
        return None, "revoked"
    return (person, "") if person.state == "confirmed" else (None, "state")


def _typed(session: Session, edition: Edition, scanner: Scanner, scan: Scan) -> tuple[Person | None, str]:
    """A number alone is guessed at once; with the name as printed, and few tries, it is a badge in hand."""
    if not folded(scan.letters):
        return None, "letters"
    subject = str(scanner.exhibitor.id)
    count_try(session, "leads.typed", subject)
    person = session.exec(
        select(Person).where(Person.edition_id == edition.id, func.upper(Person.code) == scan.code)
    ).one_or_none()
    if person is None or not begins_a_name(scan.letters, person.name.values()):
        return None, "mismatch"  # which of the two is wrong is nobody's business
    forgive(session, "leads.typed", subject)
    return (person, "") if person.state == "confirmed" else (None, "state")


def _met(session: Session, scanner: Scanner, scan: Scan, person: Person) -> Result:
    exhibitor = scanner.exhibitor
    lead = session.exec(
        select(Lead)
        .where(Lead.exhibitor_id == exhibitor.id, Lead.person_id == person.id)
        .with_for_update(of=Lead)
    ).one_or_none()
    is_new = lead is None
    if lead is None:
        book = session.get_one(LeadBook, exhibitor.id, populate_existing=True)
        book.counted += 1
        lead = Lead(
            edition_id=exhibitor.edition_id,
            exhibitor_id=exhibitor.id,
            person_id=person.id,
            number=book.counted,
            first_at=scan.at,
            last_at=scan.at,
        )
        session.add(lead)
        session.flush()
        counts = True
    else:
        near = select(LeadVisit.id).where(
            LeadVisit.lead_id == lead.id,
            LeadVisit.counts,
            LeadVisit.at.between(scan.at - ONE_VISIT, scan.at + ONE_VISIT),
        )
        counts = session.exec(near.limit(1)).first() is None
        lead.visits += counts
        lead.first_at, lead.last_at = min(lead.first_at, scan.at), max(lead.last_at, scan.at)
    visit = LeadVisit(
        lead_id=lead.id,
        exhibitor_id=exhibitor.id,
        scan_id=scan.scan_id,
        at=scan.at,
        source=scan.source,
        counts=counts,
        user_id=scanner.user_id,
        staff_id=scanner.staff_id,
        staff_name=scanner.name[:120],
    )
    session.add(visit)
    session.flush()
    mark(session, lead, visit, scan.marks)
    return Result(scan.scan_id, lead, is_new=is_new)
