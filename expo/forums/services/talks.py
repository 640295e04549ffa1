"""Talks made, changed, accepted, confirmed and withdrawn."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from graphlib import CycleError, TopologicalSorter
from secrets import choice
from string import ascii_uppercase, digits
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Forum, ReleasedSlot, Room, Slot, Speaker, Talk, TalkSpeaker
from expo.forums.services.placing import Move, Spot, hold, place
from expo.forums.services.refusals import check_seal, in_words
from expo.forums.services.tracks import people_by_code
from expo.words import say

FIELDS = (
    "title", "abstract", "kind", "minutes", "language", "interpretation", "equipment", "layout", "seats",
    "setup_min", "after", "alone", "fixed_room", "fixed_start", "on_date", "notes", "state",
)  # fmt: skip
LETTERS = ascii_uppercase.replace("O", "").replace("I", "") + digits[2:]
CODE = re.compile(r"[0-9A-Z]{6}")
MOST_AT_ONCE = 1000
Part = tuple[str, str]
"""A person's code and the role in a talk."""


def talk_values(session: Session, talk: Talk) -> dict[str, Any]:
    """A talk as its form takes it."""
    forum = session.get_one(Forum, talk.forum_id)
    return {name: getattr(talk, name) for name in FIELDS} | {
        "forum": forum.code,
        "parts": parts_of(session, talk),
    }


def parts_of(session: Session, talk: Talk) -> list[Part]:
    """Who takes part, in order."""
    rows = session.exec(
        select(Speaker.code, TalkSpeaker.role)
        .join(TalkSpeaker, TalkSpeaker.speaker_id == Speaker.id)
        .where(TalkSpeaker.talk_id == talk.id)
        .order_by(TalkSpeaker.position, TalkSpeaker.id)
    ).all()
    return [(code, role) for code, role in rows]


def fresh_code(session: Session, edition: Edition) -> str:
    """A code that no talk of the edition bears, without letters that look like digits."""
    taken = set(session.exec(select(Talk.code).where(Talk.edition_id == edition.id)))
    while (code := "".join(choice(LETTERS) for _ in range(6))) in taken:
        pass
    return code


def save_talk(
    session: Session,
    edition: Edition,
    talk: Talk | None,
    values: Mapping[str, Any],
    parts: Sequence[Part],
    seen: str = "",
) -> Talk:
    """A new talk, or other values and people for one; a placed one keeps its place at its new length.

    `values` are those of FIELDS and "forum" (its code), for a new talk also "code" ("": one is made up).
    Refused for unknown codes, talks that wait for each other in a circle, a stale form, and where the people
    or the room are taken at that time.
    """
    hold(session, edition)
    with in_words(session):
        if talk is None:
            code = (values.get("code") or "").upper() or fresh_code(session, edition)
            if not CODE.fullmatch(code):
                raise Refused(say("The code of a talk is six capital letters or digits."))
            talk = Talk(edition_id=edition.id, forum_id=0, code=code)
        else:
            session.refresh(talk, with_for_update=True)
            check_seal(seen, talk_values(session, talk))
        _check(session, edition, talk.code, values)
        talk.forum_id = _forum(session, edition, values["forum"])
        length = talk.minutes
        if talk.id and values["state"] == "withdrawn":
            give_up_places(session, edition, [talk.code])
        for name in FIELDS:
            setattr(talk, name, values[name])
        session.add(talk)
        session.flush()
        _keep_parts(session, edition, talk, parts)
        if talk.minutes != length:
            _stretch(session, edition, talk)
    return talk


def _forum(session: Session, edition: Edition, code: str) -> int:
    found = session.exec(select(Forum.id).where(Forum.edition_id == edition.id, Forum.code == code)).first()
    if found is None:
        raise Refused(say("There is no forum of the code %(code)s.", code=code))
    return found


def _check(session: Session, edition: Edition, code: str, values: Mapping[str, Any]) -> None:
    rows = session.exec(select(Talk.code, Talk.after).where(Talk.edition_id == edition.id)).all()
    before = {other: list(after) for other, after in rows}
    for other in values["after"]:
        if other not in before or other == code:
            raise Refused(say("There is no other talk of the code %(code)s.", code=other))
    try:
        TopologicalSorter(before | {code: values["after"]}).prepare()
    except CycleError as error:
        raise Refused(
            say("These talks would wait for each other: %(talks)s.", talks=list(error.args[1]))
        ) from None
    start = values["fixed_start"]
    if start and not edition.starts_on <= start.date() <= edition.ends_on + timedelta(days=1):
        raise Refused(say("A talk begins on a day of the edition."))
    if (day := values["on_date"]) and not edition.starts_on <= day <= edition.ends_on:
        raise Refused(say("A talk is held on a day of the edition."))
    room = values["fixed_room"]
    if (
        room
        and not session.exec(select(Room.id).where(Room.edition_id == edition.id, Room.code == room)).first()
    ):
        raise Refused(say("There is no room of the code %(code)s.", code=room))


def _keep_parts(session: Session, edition: Edition, talk: Talk, parts: Sequence[Part]) -> None:
    """The people of a talk as given; those who stay keep what they answered."""
    wanted = dict(parts)
    if len(wanted) < len(parts):
        raise Refused(say("Somebody is named twice. Everybody has one part in a talk."))
    ids = people_by_code(session, edition, list(wanted))
    there = {
        part.speaker_id: part
        for part in session.exec(select(TalkSpeaker).where(TalkSpeaker.talk_id == talk.id))
    }
    for speaker_id, part in there.items():
        if speaker_id not in ids.values():
            session.delete(part)
    session.flush()
    for position, (code, role) in enumerate(parts, start=1):
        part = there.get(ids[code]) or TalkSpeaker(talk_id=talk.id, speaker_id=ids[code])
        part.role, part.position = role, position
        session.add(part)
    session.flush()


def _stretch(session: Session, edition: Edition, talk: Talk) -> None:
    """A placed talk keeps its start and takes its new length."""
    found = session.exec(
        select(Room.code, Slot.during).join(Slot, Slot.room_id == Room.id).where(Slot.talk_id == talk.id)
    ).one_or_none()
    if found is not None:
        place(session, edition, [Move(talk.code, Spot(found[0], found[1].lower))])


def set_state(session: Session, edition: Edition, codes: Sequence[str], state: str) -> int:
    """Accept, confirm or withdraw talks; how many changed. A withdrawn talk loses its place."""
    return _change(session, edition, codes, lambda talk: setattr(talk, "state", state))


def set_forum(session: Session, edition: Edition, codes: Sequence[str], forum: str) -> int:
    """Move talks to another forum; how many changed."""
    number = _forum(session, edition, forum)
    return _change(session, edition, codes, lambda talk: setattr(talk, "forum_id", number))


def _change(session: Session, edition: Edition, codes: Sequence[str], act: Callable[[Talk], None]) -> int:
    if len(codes) > MOST_AT_ONCE:
        raise Refused(say("No more than %(count)s talks are changed at once.", count=MOST_AT_ONCE))
    hold(session, edition)
    talks = session.exec(
        select(Talk)
        .where(Talk.edition_id == edition.id, Talk.code.in_(list(codes)))
        .order_by(Talk.id)
        .with_for_update()
    ).all()
    changed = 0
    with in_words(session), session.no_autoflush:
        for talk in talks:
            before = (talk.state, talk.forum_id)
            act(talk)
            changed += before != (talk.state, talk.forum_id)
            session.add(talk)
        give_up_places(session, edition, [talk.code for talk in talks if talk.state == "withdrawn"])
    return changed


def give_up_places(session: Session, edition: Edition, codes: Sequence[str]) -> None:
    """Withdrawn talks lose their places, told as one act in the log of the timetable.

    The database would take them away too, whoever withdraws a talk.
    """
    place(session, edition, [Move(code, None) for code in codes], kind="withdraw")


def delete_talk(session: Session, edition: Edition, talk: Talk) -> None:
    """Take a talk away for good. Refused once it was released: then withdraw it, and calendars are told."""
    if session.exec(select(ReleasedSlot.id).where(ReleasedSlot.talk_id == talk.id).limit(1)).first():
        raise Refused(
            say(
                "Talk %(code)s was released. Withdraw it instead: the next version cancels it in everybody's "
                "calendar.", code=talk.code,
            )
        )  # fmt: skip
    waiting = session.exec(
        select(Talk).where(Talk.edition_id == edition.id, Talk.after.contains([talk.code]))
    ).all()
    for other in waiting:
        other.after = [code for code in other.after if code != talk.code]
        session.add(other)
    with in_words(session):
        session.delete(talk)
