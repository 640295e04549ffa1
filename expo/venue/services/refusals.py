"""What the database says no to, in words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from sqlmodel import Session

from expo.db import broken_rule
from expo.errors import Refused
from expo.venue.models import Stand
from expo.words import Sentence, say

RULES: dict[str, Sentence] = {
    "stand_no_overlap": say("Two stands would overlap."),
    "stand_in_hall": say("A stand would leave its hall."),
    "stand_in_outline": say("A stand would cross the hall's outline."),
    "stand_clear_of_walls": say("A wall would run through a stand."),
    "stand_in_zone": say("A stand would cross the border of a zone."),
    "zone_area_no_overlap": say("Two areas of zones overlap; let them only touch."),
    "zone_area_in_hall": say("An area of a zone would leave its hall."),
    "zone_holds_its_stands": say("The stands of a zone would take more than its net area."),
    "edition_holds_its_zones": say(
        "All zones together would have more gross area than the edition. Make one smaller, or the "
        "edition larger."
    ),
    "uq_stand_edition_id_code": say("Another hall has a stand of that code already."),
    "uq_hall_edition_id_code": say("There is a hall of that code already."),
    "uq_zone_edition_id_code": say("There is a zone of that code already."),
    "ck_zone_areas": say("The net area cannot be more than the gross area."),
    "fk_allotment_stand_id": say(
        "Somebody has a stand there: take it back in the allocation before you delete it."
    ),
}
HELD = say(
    "Stand %(code)s is held by somebody: wait until it is released, or release it, before you delete it."
)


@contextmanager
def in_words(session: Session) -> Iterator[None]:
    """Turn a broken rule of the database into a sentence; whatever was begun within is undone."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        raise _refused(session, error) from error
    except (OperationalError, InternalError) as error:
        if getattr(error.orig, "sqlstate", "") in ("40001", "40P01", "55P03"):
            raise Refused(say("Somebody else was faster. Reload the page and try again.")) from error
        raise


def _refused(session: Session, error: IntegrityError) -> Refused:
    rule, detail = broken_rule(error)
    if getattr(error.orig, "sqlstate", "") == "23503":
        number = re.search(r"\((?:stand_)?id\)=\((\d+)\)", detail)
        stand = session.get(Stand, int(number[1])) if number else None
        if rule not in RULES and stand is not None:
            return Refused(Sentence(HELD.message, {"code": stand.code}))
    sentence = RULES.get(rule)
    if sentence is None:
        return Refused(say("The database refused that: %(rule)s.", rule=rule or "–"))
    if rule.startswith("stand_") and rule != "stand_no_overlap" and detail:
        return Refused(say("%(sentence)s It is stand %(code)s.", sentence=sentence, code=detail))
    return Refused(sentence)
