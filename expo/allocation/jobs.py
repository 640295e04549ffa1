"""The solver as a job with progress, and repeating a run."""

from flask import current_app
from sqlmodel import Session, select

from expo.allocation import letters as texts
from expo.allocation import services
from expo.allocation.models import AllocationDraft, AllocationRun, Publication
from expo.allocation.prints import letters_pdf
from expo.allocation.services import telling
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.jobs.handlers import handler
from expo.jobs.models import Job
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.papers import paper
from expo.outbox.smtp import smtp_of
from expo.points import services as points
from expo.printing import joined
from expo.web import words
from expo.web.keeping import keep as keep_print
from expo.web.keeping import print_path
from expo.web.language import speaking
from expo.words import say

BATCH = 25
"""Letters set in one go."""


@handler("allocation.solve")
def solve(session: Session, job: Job, report) -> dict:
    """Fill the run that was begun with this job; stopped, the best plan found so far is kept."""
    run = _run_of(session, AllocationRun.job_id == job.id)
    if run.state != "running":
        raise Refused(say("This run has its plan already. Start another."))
    points.settle(session, session.get_one(Edition, run.edition_id))
    session.commit()  # others need not wait for their turn while the solver is at it
    report.progress(0, run.rounds, message=say("Laying out every place that suits somebody."))
    services.fill(session, run, _told(report), report.cancelled)
    return {"run_id": run.id, "placed": len(run.placements), "unplaced": len(run.unplaced), **_link(run)}


@handler("allocation.replay")
def replay(session: Session, job: Job, report) -> dict:
    """Solve a run's stored input once more and keep whether the same plan came out."""
    run = _run_of(
        session, (AllocationRun.id == job.arguments["run_id"]) & (AllocationRun.edition_id == job.edition_id)
    )
    found = services.replay(session, run, _told(report))
    services.note_replay(session, run, found, job.created_by)
    report.progress(run.rounds, run.rounds, found.objective, run.bound, found.in_words())
    return {"same": found.same, "differing": found.differing, **_link(run, "replays")}


@handler("allocation.keep")
def keep(session: Session, job: Job, report) -> dict:
    """Make a run of a draft, unless somebody went on editing it meanwhile."""
    draft = session.get(AllocationDraft, job.arguments["draft_id"], with_for_update=True)
    if draft is None or draft.edition_id != job.edition_id:
        raise Refused(say("The draft is gone."))
    if draft.version != job.arguments["version"]:
        raise Refused(say("Somebody changed this draft meanwhile. Look at it as it is now, then keep it."))
    report.progress(0, 1, message=say("Working out what no allocation can exceed."))
    return _link(services.keep_draft(session, draft, user_id=job.created_by))


@handler("allocation.letters")
def letters(session: Session, job: Job, report) -> dict:
    """Mail the letters about a version to those it changes something for, and print them all as one PDF.

    Whatever happens, nobody gets two about one version: a letter is a row that there can be only once.
    """
    edition = session.get_one(Edition, job.edition_id)
    version = session.get_one(Publication, job.arguments["version_id"])
    telling.refuse_overtaken(session, version)
    told = telling.affected(session, version)
    spoken: dict[str, list[telling.Told]] = {}
    sent = 0
    for done, each in enumerate(told):
        report.progress(done, len(told), message=say("Writing to %(name)s.", name=pick(each.name, "en")))
        if report.cancelled():
            raise Refused(say("Stopped: no letter was sent."))
        address, language = telling.address_of(session, each)
        letter = telling.keep_letter(session, version, each, language)
        if letter is None:
            continue
        spoken.setdefault(language, []).append(each)
        if address:
            _post(session, edition, version, each, letter, (address, language), job.arguments["site"])
            sent += 1
    path = print_path(_settings().instance, "letters", edition.code, job.id)
    if spoken:
        portal = job.arguments["site"] + f"/{edition.code}/portal/stand"
        keep_print(path, _bound(session, edition, version, spoken, portal, report))
    outbox.send_soon(session, smtp_of(_settings()), edition.id)
    return {
        "letters": sum(map(len, spoken.values())),
        "mails": sent,
        "link": {"endpoint": "allocation.letter_list", "values": {"number": version.number}},
    }


def _bound(session: Session, edition: Edition, version: Publication, spoken, portal: str, report) -> bytes:
    """All letters as one PDF, language by language, set a few at a time so that memory stays small."""
    batches = [
        (language, some[first : first + BATCH])
        for language, some in sorted(spoken.items())
        for first in range(0, len(some), BATCH)
    ]
    parts = []
    for language, some in batches:
        message = say("Setting letters: part %(n)s of %(all)s.", n=len(parts) + 1, all=len(batches))
        report.progress(len(parts), len(batches), message=message)
        parts.append(letters_pdf(session, edition, version, some, language, portal))
    return joined(parts) if len(parts) > 1 else parts[0]


def _post(session: Session, edition: Edition, version: Publication, told, letter: int, to, site: str) -> None:
    """The mail of a letter; its PDF is made when it is sent."""
    address, language = to
    link = f"{site}/{edition.code}/portal/stand"
    with speaking(language):
        subject, body = texts.mail(
            told.kind, pick(told.name, language), pick(edition.name, language), told.stands, told.former,
            version.number, link,
        )  # fmt: skip
        mail = outbox.post(
            session, "allocation.letter", address, language, words(subject), words(body), edition.id,
            paper={"kind": "allocation.letter", "version": version.number, "exhibitor": told.exhibitor_id,
                   "portal": link},
        )  # fmt: skip
    telling.mailed(session, letter, mail)


@paper("allocation.letter")
def letter_paper(session: Session, wanted: dict) -> tuple[str, bytes]:
    """The letter that goes with its mail."""
    exhibitor = session.get_one(Exhibitor, wanted["exhibitor"])
    found = telling.letter_of_exhibitor(session, exhibitor, wanted["version"])
    if found is None:
        raise Refused(say("The letter is gone."))
    version, told, language = found
    edition = session.get_one(Edition, version.edition_id)
    document = letters_pdf(session, edition, version, [told], language, wanted.get("portal", ""))
    return f"{edition.code}-stand-{told.code}-v{version.number}.pdf", document


def _settings():
    return current_app.extensions["expo_settings"]


def _run_of(session: Session, which) -> AllocationRun:
    run = session.exec(select(AllocationRun).where(which)).first()
    if run is None:
        raise Refused(say("The run is gone. Start another."))
    return run


def _told(report):
    """The solver's progress in words."""

    def progress(done: int, total: int, objective: int, bound: int | None, phase: str) -> None:
        if phase == "bound":
            message = say("Working out what no allocation can exceed.")
        else:
            message = say("%(done)s of %(total)s rounds of search.", done=f"{done:,}", total=f"{total:,}")
        report.progress(done, total, objective, bound, message)

    return progress


def _link(run: AllocationRun, anchor: str | None = None) -> dict:
    values = {"run_id": run.id} | ({"_anchor": anchor} if anchor else {})
    return {"link": {"endpoint": "allocation.run_detail", "values": values}}
