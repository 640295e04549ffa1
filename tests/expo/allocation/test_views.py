"""The pages of the floor plan and of the allocation."""

import pytest
from sqlmodel import Session, select

from expo.allocation import queries, services
from expo.allocation.models import AllocationRun, Allotment
from expo.jobs.models import Job
from expo.jobs.runner import Report
from tests.expo.allocation.rows import a_fair, a_firm
from tests.signing import sign_in


@pytest.fixture
def fair(session):
    return a_fair(session)


@pytest.fixture
def published(session, fair) -> AllocationRun:
    """Honey House on A-01 and a run that says so."""
    a_firm(session, fair, "X", name="Honey House", wishes=[("stand", "A-01")])
    run = services.solve(session, fair.edition, 1, 100)
    services.publish(session, run)
    session.commit()
    return run


def page(client, fair, path, code=200) -> str:
    answer = client.get(f"/{fair.edition.code}{path}")
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def test_the_console_is_closed_to_strangers(client, fair):
    assert client.get(f"/{fair.edition.code}/console/allocation").status_code == 302
    assert client.get(f"/{fair.edition.code}/allocation.csv").status_code == 302


def test_a_run_is_queued_and_only_one_at_a_time(client, session, fair):
    a_firm(session, fair, "X")
    sign_in(client, session, "organiser", fair.edition)
    for _ in range(2):
        answer = client.post(
            f"/{fair.edition.code}/console/allocation", data={"budget": "quick", "seed": "5"}
        )
        assert answer.status_code == 302
    [job] = session.exec(select(Job)).all()
    assert (job.kind, job.arguments) == ("allocation.solve", {"seed": 5, "rounds": services.BUDGETS["quick"]})


def test_a_wrong_seed_is_shown_beside_what_was_typed(client, session, fair):
    sign_in(client, session, "organiser", fair.edition)
    answer = client.post(
        f"/{fair.edition.code}/console/allocation", data={"budget": "quick", "seed": "minus"}
    )
    assert (answer.status_code, b'value="minus"' in answer.data) == (200, True)
    assert session.exec(select(Job)).all() == []


def test_the_job_solves_and_says_where_the_result_is(session, fair):
    from expo.allocation.jobs import solve

    class Told(Report):
        def __init__(self):
            self.calls = []

        def progress(self, done, total, objective=None, bound=None, message=None):
            self.calls.append((done, total, str(message)))

        def cancelled(self):
            return False

    a_firm(session, fair, "X")
    job = Job(kind="allocation.solve", edition_id=fair.edition.id)
    session.add(job)
    session.flush()
    services.begin(session, fair.edition, 3, 100, job_id=job.id)
    report = Told()
    result = solve(session, job, report)
    assert (result["placed"], result["link"]["endpoint"]) == (1, "allocation.run_detail")
    assert report.calls[-1] == (100, 100, "100 of 100 rounds of search.")


def test_a_run_is_compared_explained_and_published(client, session, fair):
    a_firm(session, fair, "X", name="Honey House", wishes=[("stand", "A-01")])
    a_firm(session, fair, "HUGE", name="Whale", area_m2=900)
    run = services.solve(session, fair.edition, 1, 100)
    sign_in(client, session, "organiser", fair.edition)
    address = f"/console/allocation/{run.id}"
    text = page(client, fair, f"{address}?exhibitor=X")
    assert (
        "1 exhibitor sees something new. Getting a place: 1, moving: 0, losing theirs: 0, staying: " in text
    )
    assert "Placed on A-01." in text
    assert "900 m² were asked for; the largest place of that kind has 108 m²." in text
    assert client.post(f"/{fair.edition.code}{address}/publish").status_code == 302
    assert queries.occupied(session, fair.edition) == {"X": ["A-01"]}
    assert "everybody sees this plan" in page(client, fair, address)
    again = client.post(f"/{fair.edition.code}{address}/publish", follow_redirects=True)
    assert b"published already" in again.data


def test_a_stand_is_given_by_hand_and_unlocked(client, session, fair, published):
    a_firm(session, fair, "Y", name="Late Comer")
    sign_in(client, session, "organiser", fair.edition)
    address = f"/{fair.edition.code}/console/allocation"
    assert client.post(f"{address}/give", data={"exhibitor": "Y", "stand": "B-02"}).status_code == 302
    assert "Late Comer" in page(client, fair, "/console/allocation")
    taken = client.post(f"{address}/give", data={"exhibitor": "Y", "stand": "A-01"})
    assert "Stand A-01 is taken by Honey House." in taken.get_data(as_text=True)
    missing = client.post(f"{address}/give", data={"exhibitor": "Y", "stand": "Q-1"})
    assert "There is no stand Q-1." in missing.get_data(as_text=True)
    client.post(f"{address}/locks/Y", data={"locked": "no"})
    assert session.exec(select(Allotment).where(Allotment.locked)).all() == []


def test_the_spreadsheet_is_downloaded(client, session, fair, published):
    sign_in(client, session, "organiser", fair.edition)
    answer = client.get(f"/{fair.edition.code}/allocation.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.get_data(as_text=True).count("\n") == 2


def test_another_edition_s_run_is_not_found(client, session: Session, fair, published):
    other = a_fair(session)
    sign_in(client, session, "organiser", other.edition)
    page(client, other, f"/console/allocation/{published.id}", 404)
