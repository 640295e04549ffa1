"""A worker that is killed in the middle of a print: another goes on, and every badge is there once."""

import signal
from contextlib import suppress

import psutil
import pypdfium2
import zxingcpp
from sqlmodel import Session, select

from expo.badges.models import Badge
from expo.jobs import services as jobs
from expo.settings import ROOT
from expo.web.keeping import print_path
from tests.expo.jobs.test_worker import over, rows, wait_for, workers  # noqa: F401
from tests.make import a_person, an_edition

PEOPLE, CHUNK, A_SHEET = 160, 32, 4
PATIENCE_S = 120


def codes(document) -> list[str]:
    """What every code of a print says, as a gate reads it."""
    pages = pypdfium2.PdfDocument(document)
    return [code.text for page in pages for code in zxingcpp.read_barcodes(page.render(scale=1.5).to_pil())]


def test_a_print_whose_worker_was_killed_is_gone_on_with_and_has_every_badge_once(
    rows: Session,  # noqa: F811
    workers,  # noqa: F811
    tmp_path,
):
    (tmp_path / "fonts").symlink_to(ROOT / "instance" / "fonts")
    edition = an_edition(rows)
    for _ in range(PEOPLE):
        a_person(rows, edition)
    job = jobs.enqueue(rows, "badges.print", edition_id=edition.id, language="en", order="name")
    rows.commit()
    document = print_path(tmp_path, "badges", edition.code, job.id)
    first = workers.start()
    wait_for(rows, job, lambda job: job.done >= 2 * CHUNK, PATIENCE_S)
    beside = psutil.Process(first.pid).children()
    first.send_signal(signal.SIGKILL)
    first.wait()
    _gone, left = psutil.wait_procs(beside, timeout=20)
    made = {path: path.stat().st_mtime_ns for path in document.with_suffix(".parts").glob("*.pdf")}
    assert (left, job.state, document.exists(), len(made) >= 2) == ([], "running", False, True)
    assert {badge.prints for badge in rows.exec(select(Badge))} == {0}

    workers.start()
    kept = dict[object, int]()
    wait_for(rows, job, lambda job: kept.update(_times(made)) or over(job), PATIENCE_S)
    assert (job.state, job.attempts, job.result["badges"]) == ("done", 2, PEOPLE)
    assert kept == made  # what was made before is not made again
    found = codes(document)
    assert (len(found), len(set(found)), job.result["sheets"]) == (PEOPLE, PEOPLE, PEOPLE // A_SHEET)
    rows.expire_all()
    assert {badge.prints for badge in rows.exec(select(Badge))} == {1}


def _times(made) -> dict:
    """When those of these files that are still there were written; they go when the print is whole."""
    found = {}
    for path in made:
        with suppress(FileNotFoundError):
            found[path] = path.stat().st_mtime_ns
    return found
