"""What the database says no to when the programme's content is changed, in words."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from expo.db import broken_rule
from expo.errors import Refused
from expo.words import Sentence, say

RULES: dict[str, Sentence] = {
    "uq_room_edition_id_code": say("There is a room of that code already."),
    "uq_forum_edition_id_code": say("There is a forum of that code already."),
    "uq_speaker_edition_id_code": say("There is somebody of that code already."),
    "uq_talk_edition_id_code": say("There is a talk of that code already."),
    "uq_forum_main": say("There is a main event already."),
    "ck_edition_day_hours": say("The programme of a day begins before it ends."),
    "slot_one_talk_a_room": say("Another talk is in that room at that time. Move one of them on the board."),
    "talk_speaker_one_place": say(
        "Somebody who takes part is on another stage at that time. Move one of the talks on the board first."
    ),
    "withdrawn_has_no_place": say("A withdrawn talk has no place. Accept it again first."),
    "talk_within_edition": say("A talk is held on a day of the edition."),
    "of_one_edition": say("That belongs to another edition."),
    "between_one_edition": say("That belongs to another edition."),
}
LATE = say(
    "Somebody changed this meanwhile. Reload the page to see how it is now; nothing of yours is saved."
)
_EXCLUSIONS = "slot_one_talk_a_room, talk_speaker_one_place"


@contextmanager
def in_words(session: Session) -> Iterator[None]:
    """Turn a broken rule of the database into a sentence; whatever was begun within is undone.

    Rules that wait for the end of the transaction are asked at once.
    """
    try:
        with session.begin_nested():
            yield
            session.flush()
            session.execute(text(f"SET CONSTRAINTS {_EXCLUSIONS} IMMEDIATE"))
            session.execute(text(f"SET CONSTRAINTS {_EXCLUSIONS} DEFERRED"))
    except IntegrityError as error:
        rule, _detail = broken_rule(error)
        refusal = RULES.get(rule) or say("The database refused that: %(rule)s.", rule=rule or "–")
        raise Refused(refusal) from error
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") in ("40001", "40P01", "55P03"):
            raise Refused(say("Somebody else was faster. Reload the page and try again.")) from error
        raise


def seal(values: Mapping[str, Any]) -> str:
    """Which state of a row somebody looked at: the same values give the same short text."""
    told = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def check_seal(seen: str | None, values: Mapping[str, Any]) -> None:
    """Refused where what somebody looked at (`seen`; None or "": nothing) is no longer so."""
    if seen and seen != seal(values):
        raise Refused(LATE)
