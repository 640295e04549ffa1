"""Setting the gates up."""

from sqlmodel import Session, select

from expo.checkin.models import Area, Gate, GateSettings
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Room
from expo.venue.models import Hall
from expo.words import say

SITE = {"en": "Expo", "zh": "展会", "ru": "Экспо", "ur": "ایکسپو"}
ENTRANCE = {"en": "Entrance {}", "zh": "{}号入口", "ru": "Вход {}", "ur": "داخلہ {}"}
DESK = {"en": "Registration desk", "zh": "登记台", "ru": "Стойка регистрации", "ur": "رجسٹریشن ڈیسک"}
DOOR = {"en": "{}: door", "zh": "{}：门口", "ru": "{}: дверь", "ur": "{}: دروازہ"}
ENTRANCES = 2


def ensure_settings(session: Session, edition: Edition) -> GateSettings:
    """The edition's settings, made when first needed. Who sets up an edition that is over only tries it."""
    found = session.get(GateSettings, edition.id)
    if found is None:
        found = GateSettings(
            edition_id=edition.id, any_day=edition.ends_on < now().astimezone(edition.zone_info).date()
        )
        session.add(found)
        session.flush()
    return found


def default_set(session: Session, edition: Edition) -> int:
    """Areas and gates as most expos have them: the site with entrances and a desk, each hall and each room.

    How many gates were made. Everybody may enter on the days of the event until rules say otherwise; a room
    takes no more people than it has seats.
    """
    if session.exec(select(Area.id).where(Area.edition_id == edition.id)).first() is not None:
        raise Refused(say("There are areas already. Add to them, or delete them first."))
    ensure_settings(session, edition)
    site = Area(edition_id=edition.id, code="SITE", name=SITE, kind="site")
    session.add(site)
    session.flush()
    inner = _inner_areas(session, edition, site)
    session.add_all(inner)
    session.flush()
    gates = [
        _gate(edition, site, f"E{number}", number, {k: form.format(number) for k, form in ENTRANCE.items()})
        for number in range(1, ENTRANCES + 1)
    ]
    gates.append(_gate(edition, site, "DESK", 9, DESK, typed_codes=True))
    for area in inner:
        name = {language: DOOR.get(language, "{}").format(word) for language, word in area.name.items()}
        gates.append(_gate(edition, area, area.code, area.position, name, reentry="any"))
    session.add_all(gates)
    session.flush()
    return len(gates)


def _inner_areas(session: Session, edition: Edition, site: Area) -> list[Area]:
    halls = session.exec(select(Hall).where(Hall.edition_id == edition.id).order_by(Hall.code)).all()
    rooms = session.exec(select(Room).where(Room.edition_id == edition.id).order_by(Room.code)).all()
    found = [
        Area(
            edition_id=edition.id, parent_id=site.id, code=f"H-{hall.code}", kind="hall", hall_id=hall.id,
            name=hall.name or {"en": hall.code}, position=10 + place,
        )
        for place, hall in enumerate(halls)
    ]  # fmt: skip
    return found + [
        Area(
            edition_id=edition.id, parent_id=site.id, code=f"R-{room.code}", kind="room", room_id=room.id,
            name=room.name or {"en": room.code}, people_limit=room.capacity, when_full="refuse",
            position=100 + place,
        )
        for place, room in enumerate(rooms)
    ]  # fmt: skip


def _gate(edition: Edition, area: Area, code: str, position: int, name: dict[str, str], **more) -> Gate:
    return Gate(
        edition_id=edition.id, area_id=area.id, code=code, position=position, name=name, **more
    )  # fmt: skip
