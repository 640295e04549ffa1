"""What the papers of the day have in common: a title, a foot, and the press that sets them."""

from pathlib import Path
from typing import Any

from flask import current_app

from expo.clock import now
from expo.editions.models import Edition
from expo.languages import direction, pick
from expo.press import Job, press_of
from expo.press.apart import apart
from expo.press.pen import Pen
from expo.web import _
from expo.web.language import as_datetime, country_name
from matchmaking.onsite.queries.agendas import Seat

PRINTED = ("planned", "held")
"""States of the meetings that stand on papers."""
Values = dict[str, Any]


def seated(pen: Pen, seat: Seat) -> Values:
    """Who sits on one side of a table."""
    return {
        "name": pen.named(seat.name) or pen.text(seat.code),
        "country": pen.text(country_name(seat.country)) if seat.country else None,
        "person": pen.text(seat.person),
    }


def paper_job(edition: Edition, pen: Pen, template: str, title: str, **values: Any) -> Job:
    """A paper of an edition for the press. Within `speaking` and `at_venue`."""
    printed = _("Printed %(time)s", time=as_datetime(now()))
    frame = {
        "title": f"{title} · {pick(edition.name, pen.language)}",
        "language": pen.language,
        "direction": direction(pen.language),
        "stamp": pen.row(pen.named(edition.name), pen.sentence(printed)),
    }
    return Job(template, frame | values)


def set_here(job: Job) -> bytes:
    """The PDF of a page or two, by the press of this process. Needs an application."""
    return press_of(instance()).pdf(job).document


def set_beside(job: Job) -> bytes:
    """The PDF of many pages, by a process of its own, whose memory goes with it. Needs an application."""
    with apart(instance()) as press:
        return press.pdf(job).document


def instance() -> Path:
    """Where the typefaces of the press lie. Needs an application."""
    folder: Path = current_app.extensions["expo_settings"].instance
    return folder
