"""What happens by itself: boxes for devices and words for the desk are there before anybody asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlmodel import select

from expo.badges.keys import badge_key
from expo.checkin.models import Device, GateSettings
from expo.checkin.services import catch_up, gather
from expo.checkin.services.finding import AT_ONCE
from expo.clock import now
from expo.editions.models import Edition
from expo.jobs.handlers import periodic

EVERY = timedelta(minutes=1)
MOST_ROUNDS = 20


@periodic("gate words")
def fill_in_words(open_session: Callable[[], Any]) -> None:
    """The words under which desks find people, of those who came or changed since: a part at a time."""
    for _round in range(MOST_ROUNDS):
        with open_session() as session:
            done = catch_up(session)
            session.commit()
        if done < AT_ONCE:
            return


@periodic("gate boxes")
def seal_boxes(open_session: Callable[[], Any]) -> None:
    """For every edition with a device in use, once a minute: then a phone that asks waits for nothing."""
    with open_session() as session:
        in_use = select(Device.edition_id).where(
            Device.token_digest.is_not(None), Device.revoked_at.is_(None)
        )
        fresh = select(GateSettings.edition_id).where(GateSettings.gathered_at > now() - EVERY)
        wanted = select(Edition).where(Edition.id.in_(in_use), Edition.id.not_in(fresh))
        for edition in session.exec(wanted).all():
            gather(session, edition, badge_key(current_app.extensions["expo_settings"]), at_once=True)
            session.commit()
