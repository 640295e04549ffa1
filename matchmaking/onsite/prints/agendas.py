"""One's own agenda, an interpreter's sheet, and everybody's agendas as one print."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from expo.editions.models import Edition
from expo.press import Job
from expo.press.apart import apart, set_apart
from expo.press.pen import Pen
from expo.web import _
from expo.web.language import at_venue, country_name, speaking
from matchmaking.meetings.queries import stands as signs
from matchmaking.onsite.prints.setting import PRINTED, Values, instance, paper_job, set_here
from matchmaking.onsite.prints.sheets import Whose, Writer
from matchmaking.onsite.queries import agendas
from matchmaking.onsite.queries.agendas import Line
from matchmaking.requests.sides import BUYER, SUPPLIER

PER_PART = 800
"""Meetings set at once: with fewer the typefaces come more often, each takes half a megabyte of memory."""
Progress = Callable[[int, int], bool]
"""(done, total) → whether to go on."""
One = tuple[Whose, Sequence[Line]]
"""Whose sheet, and which meetings stand on it."""


def agendas_path(instance: Path, edition: Edition, language: str) -> Path:
    """Where the last print in a language lies, whether the desk or the printing room made it."""
    return instance / "prints" / "papers" / edition.code / f"agendas-{language}.pdf"


def printed_at(path: Path) -> datetime | None:
    """When a print was made; None where there is none."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.is_file() else None


def agenda_pdf(
    session: Session,
    edition: Edition,
    party: tuple[str, int],
    name: Mapping[str, str],
    code: str,
    language: str,
    person: tuple[int, str] | None = None,
) -> bytes:
    """The meetings of a party, or of one of its people, in a language. Needs an application."""
    number, note = person or (None, "")
    lines = agendas.lines(session, edition, party=party, person=number, states=PRINTED)
    stands = signs(session, edition)
    with speaking(language), at_venue(edition):
        writer = Writer(edition, Pen(language), stands)
        return set_here(_job(writer, [writer.sheet(Whose(name, code, note, party[0]), lines)]))


def interpreter_pdf(session: Session, edition: Edition, number: int, name: str, language: str) -> bytes:
    """Where an interpreter sits when, between whom."""
    lines = agendas.lines(session, edition, interpreter=number, states=PRINTED)
    with speaking(language), at_venue(edition):
        writer = Writer(edition, Pen(language), {})
        return set_here(_job(writer, [writer.sheet(Whose(name), lines)]))


def all_agendas_pdf(
    session: Session, edition: Edition, language: str, progress: Progress | None = None
) -> bytes:
    """A sheet for every buyer and every exhibitor that meets somebody, buyers first, by code.

    Nothing when `progress` asks to stop. Needs an application.
    """
    lines = agendas.lines(session, edition, states=PRINTED)
    stands = signs(session, edition)
    with speaking(language), at_venue(edition):
        writer = Writer(edition, Pen(language), stands)
        parts = list(_parts(one for side in (BUYER, SUPPLIER) for one in _of_side(side, lines)))
        jobs = [_job(writer, [writer.sheet(*one) for one in part]) for part in parts]
    return _together(jobs, [len(part) for part in parts], progress)


def _parts(found: Iterable[One]) -> Iterator[list[One]]:
    part: list[One] = []
    room = PER_PART
    for one in found:
        if part and len(one[1]) > room:
            yield part
            part, room = [], PER_PART
        part.append(one)
        room -= len(one[1])
    yield part  # empty where nobody meets: the paper says so


def _of_side(side: str, lines: Sequence[Line]) -> Iterator[One]:
    by_party: dict[str, list[Line]] = {}
    for line in lines:
        by_party.setdefault(line.seats[side].code, []).append(line)
    for code, several in sorted(by_party.items()):
        seat = several[0].seats[side]
        yield Whose(seat.name, code, country_name(seat.country), side), several


def _job(writer: Writer, sheets: Sequence[Values]) -> Job:
    pen = writer.pen
    labels = {
        "time": pen.sentence(_("Time")),
        "table": pen.sentence(_("Table")),
        "whom": pen.sentence(_("Whom you meet")),
        "why": pen.sentence(_("Why")),
        "advice": pen.sentence(
            _(
                "Please be at the table two minutes early. If you cannot come, tell the matchmaking desk: "
                "somebody is waiting for the time."
            )
        ),
        "title": pen.sentence(_("Meeting agendas")),
        "none": pen.sentence(_("No meeting is set for you yet.") if sheets else _("No meeting is set yet.")),
    }
    return paper_job(writer.edition, pen, "agenda", _("Meeting agendas"), labels=labels, sheets=sheets)


def _together(jobs: Sequence[Job], sizes: Sequence[int], progress: Progress | None) -> bytes:
    """The jobs as one file, put together on disk; nothing when `progress` asks to stop."""
    done, parts = 0, []
    with TemporaryDirectory() as folder, closing(set_apart(instance(), jobs)) as documents:
        for document, size in zip(documents, sizes, strict=True):
            parts.append(Path(folder) / f"{len(parts):05}.pdf")
            parts[-1].write_bytes(document)
            done += size
            if progress and not progress(done, sum(sizes)):
                return b""
        whole = Path(folder) / "whole.pdf"
        with apart(instance()) as press:
            press.join(parts, whole)
        return whole.read_bytes()
