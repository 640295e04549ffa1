"""Pages of versions, comparisons, editing by hand, letters and evidence; commands for auditors."""

import json

import pytest
from sqlmodel import select

from expo.allocation import services
from expo.allocation.models import AllocationDraft, AllocationLetter, AllocationRun
from expo.jobs.models import Job
from expo.outbox.models import Mail
from tests.expo.allocation.rows import a_fair, a_firm
from tests.signing import sign_in


@pytest.fixture
def fair(session):
    return a_fair(session)


@pytest.fixture
def published(session, fair) -> AllocationRun:
    """Honey House on A-01, published as version 1."""
    a_firm(session, fair, "X", name="Honey House", wishes=[("stand", "A-01")], contact_email="x@example.org")
    run = services.solve(session, fair.edition, 1, 100)
    services.publish(session, run)
    session.commit()
    return run


def at(fair, path="") -> str:
    return f"/{fair.edition.code}/console/allocation{path}"


def test_an_auditor_reads_everything_and_changes_nothing(client, session, fair, published):
    sign_in(client, session, "auditor", fair.edition)
    for path in ("", f"/{published.id}", "/versions", "/versions/1", "/versions/1/letters", "/diff"):
        assert client.get(at(fair, path)).status_code == 200
    for path in ("", f"/{published.id}/publish", "/withdraw", "/versions/1/letters", "/drafts"):
        assert client.post(at(fair, path)).status_code == 403


def test_the_evidence_is_downloaded_and_repeats_the_run(client, session, fair, published, app, tmp_path):
    sign_in(client, session, "auditor", fair.edition)
    answer = client.get(at(fair, f"/{published.id}/evidence.json"))
    file = tmp_path / "run.json"
    file.write_bytes(answer.data)
    run = app.test_cli_runner()
    again = run.invoke(args=["allocation", "solve-file", str(file)])
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, "The same plan came out, stand for stand.")
    changed = json.loads(answer.data)
    changed["input"]["units"][0]["x"] += 1
    file.write_text(json.dumps(changed))
    refused = run.invoke(args=["allocation", "solve-file", str(file)])
    assert (refused.exit_code, "is not the one the run was made of" in refused.output) == (1, True)
    file.write_text("[1, 2")
    assert "is not JSON" in run.invoke(args=["allocation", "solve-file", str(file)]).output


def test_a_plan_is_taken_back_with_a_reason(client, session, fair, published):
    sign_in(client, session, "organiser", fair.edition)
    assert "This field is required" in client.post(at(fair, "/withdraw"), data={"reason": ""}).text
    done = client.post(at(fair, "/withdraw"), data={"reason": "Hall 3 is closed."}, follow_redirects=True)
    assert ("this is version 2" in done.text, "Hall 3 is closed." in done.text) == (True, True)
    table = client.get(at(fair, "/diff.csv?from=v1&to=v2")).get_data(as_text=True)
    assert table.splitlines()[1] == "X,Honey House,KZ,lost,A-01,"
    assert client.get(at(fair, "/diff?from=v1&to=v9")).status_code == 404
    assert client.get(at(fair, "/diff?from=r99999999999999")).status_code == 404


def test_runs_are_shown_side_by_side(client, session, fair, published):
    other = services.solve(session, fair.edition, 2, 100)
    sign_in(client, session, "organiser", fair.edition)
    page = client.get(at(fair, f"/compare?run={published.id}&run={other.id}")).text
    assert (page.count("<svg xmlns"), page.count(f'id="r{other.id}-stand-A-01"')) == (2, 1)
    assert client.get(at(fair, f"/compare?run={published.id}&run=99999999999")).status_code == 302


def a_draft(client, session, fair) -> AllocationDraft:
    sign_in(client, session, "organiser", fair.edition)
    client.post(at(fair, "/drafts"), data={"from": "now"})
    return session.exec(select(AllocationDraft)).one()


def test_the_editor_gets_the_plan_and_what_it_breaks_as_json(client, session, fair, published):
    draft = a_draft(client, session, fair)
    acts = at(fair, f"/drafts/{draft.id}/acts?hall=H1")
    sent = {"verb": "move", "version": 0, "exhibitor": "X", "stand": "A-03"}
    done = client.post(acts, data=sent, headers={"Accept": "application/json"})
    assert (done.status_code, done.json["version"], done.json["said"]) == (
        200,
        1,
        "Honey House (X) goes from A-01 to A-03.",
    )
    assert [stand["who"] for stand in done.json["stands"] if stand["code"] == "A-03"] == ["X"]
    late = client.post(acts, data=sent, headers={"Accept": "application/json"})
    assert (late.status_code, "changed this draft meanwhile" in late.json["error"]) == (409, True)


def test_the_form_does_the_same_and_a_refusal_is_said(client, session, fair, published):
    draft = a_draft(client, session, fair)
    acts = at(fair, f"/drafts/{draft.id}/acts")
    sent = {"verb": "move", "version": 0, "exhibitor": "X", "stand": "A-03"}
    assert "goes from A-01 to A-03" in client.post(acts, data=sent, follow_redirects=True).text
    nowhere = sent | {"version": 1, "stand": "Q-1'"}
    assert "There is no stand" in client.post(acts, data=nowhere, follow_redirects=True).text
    gone = client.post(at(fair, f"/drafts/{draft.id}/discard"), follow_redirects=True)
    assert ("The draft is gone" in gone.text, len(session.exec(select(AllocationDraft)).all())) == (True, 0)


def test_a_run_is_started_for_some_zones_with_figures_of_one_s_own(client, session, fair):
    a_firm(session, fair, "X")
    sign_in(client, session, "organiser", fair.edition)
    client.post(
        at(fair),
        data={"budget": "quick", "seed": "5", "name": "Mine", "preset": "own", "wish": "77", "second": "9",
              "change": "2000", "keep": "nothing"},
    )  # fmt: skip
    run = session.exec(select(AllocationRun)).one()
    assert (run.state, run.name, run.settings["keep"], run.settings["change_price"]) == (
        "running", "Mine", "nothing", 2000,
    )  # fmt: skip
    assert (run.settings["weights"]["wish"], run.settings["weights"]["rank_percent"]) == (
        77,
        [100, 9, 40, 25],
    )
    assert "Waiting for its turn" in client.get(at(fair, f"/{run.id}")).text


def test_a_start_with_nobody_to_place_is_refused_beside_what_was_typed(client, session, fair):
    sign_in(client, session, "organiser", fair.edition)
    page = client.post(at(fair), data={"budget": "quick", "seed": "5", "name": "Mine"}).text
    assert ("No exhibitor is accepted" in page, 'value="Mine"' in page) == (True, True)
    assert len(session.exec(select(Job)).all()) == 0


class Quiet:
    """A report nobody reads."""

    def progress(self, *_given, **_more):
        pass

    def cancelled(self):
        return False


def test_letters_are_mailed_and_printed_once(client, app, session, fair, published):
    from expo.allocation.jobs import letter_paper, letters

    sign_in(client, session, "organiser", fair.edition)
    preview = client.get(at(fair, "/versions/1/letters/X.pdf"))
    assert preview.data.startswith(b"%PDF")
    assert client.post(at(fair, "/versions/1/letters")).status_code == 302
    job = session.exec(select(Job)).one()
    with app.app_context():
        assert letters(session, job, Quiet())["mails"] == 1
        assert letters(session, job, Quiet())["letters"] == 0
    [mail], [letter] = session.exec(select(Mail)).all(), session.exec(select(AllocationLetter)).all()
    assert (mail.recipient, mail.subject, letter.kind) == (
        "x@example.org", "Your stand at Test Expo: A-01", "placed",
    )  # fmt: skip
    with app.app_context():
        assert letter_paper(session, mail.paper)[1].startswith(b"%PDF")
    assert "written to already" in client.post(at(fair, "/versions/1/letters"), follow_redirects=True).text
