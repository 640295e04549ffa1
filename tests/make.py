"""Makers of rows for tests: `an_edition(session, code="x")` gives a row with every need met."""

from datetime import date, time
from itertools import count

from sqlmodel import Session

from expo.editions.models import Day, Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.forums.models import Forum, Room, Speaker, Talk
from expo.registration.models import Person
from expo.stars.models import Follower, Star
from expo.venue.models import Hall, Stand, Zone
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, Need, Product

number = count(1)


def _saved(session: Session, row):
    session.add(row)
    session.flush()
    return row


def an_edition(session: Session, **given) -> Edition:
    """A public edition in Qingdao with two days of programme."""
    values = {
        "code": f"edition-{next(number)}",
        "name": {"en": "Test Expo"},
        "country": "CN",
        "timezone": "Asia/Shanghai",
        "currency": "CNY",
        "languages": ["en", "zh"],
        "starts_on": date(2023, 6, 15),
        "ends_on": date(2023, 6, 16),
        "gross_m2": 100_000,
        "is_public": True,
    } | given
    edition = _saved(session, Edition(**values))
    for day in (15, 16):
        _saved(
            session,
            Day(
                edition_id=edition.id,
                date=date(2023, 6, day),
                programme_from=time(9),
                programme_until=time(18),
                breaks=[["12:00", "13:00"]],
            ),
        )
    return edition


def a_hall(session: Session, edition: Edition, **given) -> Hall:
    values = {"code": f"H{next(number)}", "name": {"en": "Hall"}, "width": 9000, "depth": 6000} | given
    return _saved(session, Hall(edition_id=edition.id, **values))


def a_zone(session: Session, edition: Edition, **given) -> Zone:
    values = {"code": f"Z{next(number)}", "name": {"en": "Zone"}, "gross_m2": 5000, "net_m2": 4000} | given
    return _saved(session, Zone(edition_id=edition.id, **values))


def a_stand(session: Session, hall: Hall, zone: Zone, **given) -> Stand:
    n = next(number)
    values = {
        "code": f"S-{n}",
        "x": (n % 30) * 300,
        "y": (n // 30 % 20) * 300,
        "width": 300,
        "depth": 300,
    } | given
    return _saved(session, Stand(edition_id=hall.edition_id, hall_id=hall.id, zone_id=zone.id, **values))


def an_organisation(session: Session, **given) -> Organisation:
    n = next(number)
    values = {"name": {"en": f"Firm {n}"}, "search_name": f"firm {n}", "country": "KZ"} | given
    return _saved(session, Organisation(**values))


def an_exhibitor(
    session: Session, edition: Edition, organisation: Organisation | None = None, **given
) -> Exhibitor:
    organisation = organisation or an_organisation(session)
    values = {"code": f"EX{next(number)}", "state": "accepted"} | given
    exhibitor = _saved(session, Exhibitor(edition_id=edition.id, organisation_id=organisation.id, **values))
    _saved(session, ExhibitorProfile(edition_id=edition.id, exhibitor_id=exhibitor.id))
    return exhibitor


def a_room(session: Session, edition: Edition, **given) -> Room:
    values = {"code": f"R{next(number)}", "name": {"en": "Room"}, "capacity": 200} | given
    return _saved(session, Room(edition_id=edition.id, **values))


def a_forum(session: Session, edition: Edition, **given) -> Forum:
    values = {"code": f"F{next(number)}", "name": {"en": "Forum"}} | given
    return _saved(session, Forum(edition_id=edition.id, **values))


def a_talk(session: Session, forum: Forum, **given) -> Talk:
    values = {"code": f"T{next(number):05d}", "title": {"en": "Talk"}} | given
    return _saved(session, Talk(edition_id=forum.edition_id, forum_id=forum.id, **values))


def a_speaker(session: Session, edition: Edition, **given) -> Speaker:
    values = {"code": f"SP{next(number)}", "name": {"en": "Speaker"}} | given
    return _saved(session, Speaker(edition_id=edition.id, **values))


def a_person(session: Session, edition: Edition, **given) -> Person:
    code = f"P{next(number)}"
    values = {"code": code, "kind": "visitor", "name": {"en": "Visitor"}, "country": "KZ"} | given
    return _saved(session, Person(edition_id=edition.id, **values))


def a_product(session: Session, exhibitor: Exhibitor, **given) -> Product:
    n = next(number)
    values = {"code": f"PR{n}", "name": {"en": f"Honey {n}"}, "hs": "040900", "origin": "KG"} | given
    return _saved(session, Product(edition_id=exhibitor.edition_id, exhibitor_id=exhibitor.id, **values))


def a_buyer(session: Session, edition: Edition, **given) -> Buyer:
    values = {"code": f"BU{next(number)}"} | given
    organisation = an_organisation(session)
    return _saved(session, Buyer(edition_id=edition.id, organisation_id=organisation.id, **values))


def a_need(session: Session, buyer: Buyer, **given) -> Need:
    values = {"position": next(number), "hs": "0409"} | given
    return _saved(session, Need(buyer_id=buyer.id, **values))


def stars(session: Session, person: Person, *talks: Talk) -> Follower:
    """The talks starred by a registered person."""
    follower = _saved(session, Follower(edition_id=person.edition_id, person_id=person.id))
    for talk in talks:
        _saved(session, Star(follower_id=follower.id, talk_id=talk.id))
    return follower
