"""A stand, visitors with genuine badges, and scans of them."""

from datetime import UTC, datetime
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from expo.accounts.roles import Role
from expo.badges import tokens
from expo.badges.keys import edition_key
from expo.badges.models import Badge
from expo.badges.queries import ring_of
from expo.badges.services import ensure_keys
from expo.clock import now
from expo.exhibitors.models import Organisation
from expo.registration import services as registration
from matchmaking.leads.marks import read_scan
from matchmaking.leads.services import Scanner, capture, stand_questions
from tests.make import a_person, an_edition, an_exhibitor
from tests.signing import sign_in

HOUSE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOON = datetime(2023, 6, 15, 4, 0, tzinfo=UTC)
number = count(1)


def a_visitor(session, edition, consent=True, **given):
    """Somebody with a valid badge; (person, secret)."""
    values = {
        "name": {"en": "Aliya Bekova", "ru": "Алия Бекова"}, "organisation": "Steppe Honey",
        "position": "Buyer", "email": "aliya@example.org", "language": "ru",
    } | given  # fmt: skip
    person = a_person(session, edition, **values)
    if consent:
        registration.give(session, person, ["leads"])
    session.add(Badge(edition_id=edition.id, person_id=person.id, serial=1))
    session.flush()
    return person, secret(session, edition, person)


def secret(session, edition, person, serial=1):
    ensure_keys(session, edition, HOUSE)
    key = edition_key(HOUSE, edition.id, 1)
    return tokens.issue(tokens.Token(person.id, serial), key, 1)


def scanned(session, edition, exhibitor, at=NOON, name="Wang Wei", **raw):
    """A scan of a badge, taken over."""
    values = {"scan_id": f"scan-{next(number):08d}", "datetime": at.isoformat()} | raw
    return capture(
        session, edition, Scanner(exhibitor, name), read_scan(values, NOON), ring_of(session, edition)
    )


def a_stand(session):
    """(edition, exhibitor) with the house's questions."""
    edition = an_edition(session)
    exhibitor = an_exhibitor(session, edition)
    stand_questions(session, edition, exhibitor.id)
    return edition, exhibitor


def enter(client, session, edition, exhibitor):
    """Sign in for the exhibitor."""
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    return sign_in(client, session, role=Role.EXHIBITOR, edition=edition, organisation=organisation)


def send(client, edition, *scans):
    """What a phone sends: scans it kept."""
    return client.post(f"/{edition.code}/leads/sync", json={"scans": scans})


def a_scan(secret, scan_id="scan-0001", **more):
    """One of them."""
    return {"scan_id": scan_id, "secret": secret, "datetime": now().isoformat()} | more
