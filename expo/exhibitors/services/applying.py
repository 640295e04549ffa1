"""An exhibitor's own verbs: start an application, fill it in, send it, take it back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors import period, stages
from expo.exhibitors.application import later_step, missing, step_after
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.names import search_name
from expo.exhibitors.services.blocks import insist_room
from expo.exhibitors.services.meeting import settle
from expo.exhibitors.services.numbering import hold, next_code, take_turn
from expo.exhibitors.services.parting import part_pavilion
from expo.languages import pick, search_text
from expo.words import Sentence, say


def start(session: Session, edition: Edition, given: Mapping[str, Any]) -> Exhibitor:
    """A new organisation with a draft of its application. `given`: name, country and further columns.

    Refused when an organisation of that name and country is known: nobody takes over another's by typing.
    """
    organisation = Organisation(**given, search_name=search_name(given["name"]))
    try:
        with session.begin_nested():
            session.add(organisation)
            session.flush()
    except IntegrityError as error:
        raise Refused(_claimed(given)) from error
    return join(session, edition, organisation)


def join(session: Session, edition: Edition, organisation: Organisation) -> Exhibitor:
    """A draft in this edition for an organisation that is known already."""
    code = next_code(session, Exhibitor, edition.id, "EX", 3)
    exhibitor = Exhibitor(
        edition_id=edition.id, organisation_id=organisation.id, code=code, contact_email=organisation.email
    )
    session.add(exhibitor)
    return _saved(session, exhibitor, organisation, "organisation")


def save_organisation(
    session: Session, exhibitor: Exhibitor, given: Mapping[str, Any], seen: int | None = None
) -> None:
    """Change who the exhibitor is, while the application is a draft: it is decided under this name."""
    claim(session, exhibitor, seen)
    insist_on_draft(exhibitor)
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    try:
        with session.begin_nested():
            organisation.sqlmodel_update({**given, "search_name": search_name(given["name"])})
            session.flush()
    except IntegrityError as error:
        raise Refused(_claimed(given)) from error
    _saved(session, exhibitor, organisation, "organisation")


def _claimed(given: Mapping[str, Any]) -> Sentence:
    return say(
        "%(name)s is registered in this country already. If it is yours, ask the organiser to give you access"
        " to it.",
        name=pick(given["name"], "en"),
    )


def claim(session: Session, exhibitor: Exhibitor, seen: int | None) -> None:
    """Hold the application to write to it, unless somebody else wrote since revision `seen` (None: any)."""
    hold(session, exhibitor)
    if seen is not None and seen != exhibitor.revision:
        raise Refused(
            say(
                "Somebody else of your organisation has saved this application meanwhile. Here is what you"
                " typed; compare it with the saved application, then save again to replace that."
            )
        )
    exhibitor.revision += 1


def save_stand(
    session: Session, exhibitor: Exhibitor, given: Mapping[str, Any], seen: int | None = None
) -> None:
    """Change what floor the exhibitor asks for, while the application is a draft."""
    claim(session, exhibitor, seen)
    insist_on_draft(exhibitor)
    if exhibitor.lead_id is not None:  # agreed with the lead of the pavilion
        given = {name: value for name, value in given.items() if name not in ("area_m2", "least_m2")}
    if (given.get("least_m2") or 0) > given.get("area_m2", exhibitor.area_m2):
        raise Refused(say("The least area that would do is no more than the area you ask for."))
    exhibitor.sqlmodel_update(given)
    _advance(session, exhibitor, "stand")
    insist_room(session, exhibitor, 0)


def save_contact(
    session: Session, exhibitor: Exhibitor, given: Mapping[str, Any], seen: int | None = None
) -> None:
    """Change the contact person and the entry in the directory; also after the decision."""
    claim(session, exhibitor, seen)
    if exhibitor.state in ("rejected", "withdrawn"):
        raise Refused(say("This application is closed. Ask the organiser to open it again."))
    exhibitor.sqlmodel_update(given)
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    _saved(session, exhibitor, organisation, "contact")


def pass_step(session: Session, exhibitor: Exhibitor, step: str) -> None:
    """Note that a step that keeps its rows elsewhere (wishes, products) has been gone through."""
    if exhibitor.state == "draft":
        _advance(session, exhibitor, step)


def _saved(session: Session, exhibitor: Exhibitor, organisation: Organisation, step: str) -> Exhibitor:
    words = search_text([organisation.name, exhibitor.profile])
    exhibitor.search_text = f"{words} {exhibitor.code} {exhibitor.sector}".casefold()
    _advance(session, exhibitor, step)
    settle(session, exhibitor)
    return exhibitor


def _advance(session: Session, exhibitor: Exhibitor, step: str) -> None:
    exhibitor.step = later_step(exhibitor.step, step_after(step))
    session.add(exhibitor)
    session.flush()


def insist_on_draft(exhibitor: Exhibitor) -> None:
    """Refuse to change what priority is decided by once the application was sent."""
    if exhibitor.state == "submitted":
        raise Refused(say("Your application is being decided on. Take it back first, then change it."))
    if exhibitor.state != "draft":
        raise Refused(
            say("Your application is decided, so this can no longer be changed here. Ask the organiser.")
        )


def submit(session: Session, edition: Edition, exhibitor: Exhibitor) -> None:
    """Send the application: complete it must be, and in time. Sent twice, it was sent once."""
    take_turn(session, edition.id)
    hold(session, exhibitor)
    if exhibitor.state == "submitted":
        return
    if exhibitor.state == "draft":
        session.refresh(edition, ["applications_open_at", "applications_close_at"])
        _insist_in_time(edition, exhibitor)
        if lacks := missing(exhibitor.model_dump()):
            raise Refused(lacks[0][1])
    _move(session, exhibitor, "submitted")
    exhibitor.newcomer = earlier_years(session, edition, exhibitor.organisation_id) == 0
    exhibitor.submitted_at, exhibitor.step, exhibitor.review_note = now(), "check", ""
    session.flush()


def _insist_in_time(edition: Edition, exhibitor: Exhibitor) -> None:
    at = period.standing(edition.applications_open_at, edition.applications_close_at, now())
    if at == "early":
        raise Refused(say("Applications are not open yet. Yours is kept as a draft until you can send it."))
    if at == "closed" and not exhibitor.late_reason:
        raise Refused(
            say(
                "The last moment to apply has passed. Your application is kept as a draft; ask the organiser"
                " to let it in late."
            )
        )


def earlier_years(session: Session, edition: Edition, organisation_id: int) -> int:
    """In how many earlier editions the organisation exhibited."""
    return session.exec(
        select(func.count())
        .select_from(Exhibitor)
        .join(Edition, Edition.id == Exhibitor.edition_id)
        .where(Exhibitor.organisation_id == organisation_id, Exhibitor.state == "accepted")
        .where(Edition.starts_on < edition.starts_on)
    ).one()


def take_back(session: Session, exhibitor: Exhibitor) -> None:
    """Make a draft of it again, to change it: before the decision, or after having withdrawn it.

    After the last moment it could not be sent again, so it is not taken back either.
    """
    edition = session.get_one(Edition, exhibitor.edition_id, populate_existing=True)
    at = period.standing(edition.applications_open_at, edition.applications_close_at, now())
    if exhibitor.state == "submitted" and at == "closed" and not exhibitor.late_reason:
        raise Refused(
            say(
                "The last moment to apply has passed, so you could not send it again. Ask the organiser to"
                " open it for you."
            )
        )
    _move(session, exhibitor, "draft")


def withdraw(session: Session, exhibitor: Exhibitor) -> None:
    """End the application before it is decided."""
    _move(session, exhibitor, "withdrawn")


def _move(session: Session, exhibitor: Exhibitor, wanted: str) -> None:
    hold(session, exhibitor)  # the organiser may be deciding at this moment
    if not stages.may_become(exhibitor.state, wanted, organiser=False):
        raise Refused(
            say(
                "This is not possible: the application is now “%(state)s”.",
                state=stages.NAMES[exhibitor.state],
            )
        )
    exhibitor.state = wanted
    exhibitor.revision += 1
    session.add(exhibitor)
    session.flush()
    if wanted == "withdrawn":
        part_pavilion(session, exhibitor)
