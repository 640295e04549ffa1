"""Programmes from the command line, and their feeds as other programs ask for them."""

import pytest
from lxml import etree

from tests.expo.forums.incoming.dialects import conference


def run(app, *words):
    return app.test_cli_runner().invoke(args=["programme", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "in.xml"
    path.write_bytes(conference("pretalx"))
    return path


def test_a_file_goes_in_is_released_and_comes_out(app, client, file, tmp_path):
    looked = run(app, "import", file, "--code", "mesh", "--dry-run")
    assert (looked.exit_code, "40 events" in looked.output) == (0, True)
    assert "no edition" in run(app, "release", "mesh").output
    assert "40 new talks" in run(app, "import", file, "--code", "mesh", "--public").output
    assert "no such released" in run(app, "export", "mesh", tmp_path / "out.xml").output
    assert "Version 1 is public" in run(app, "release", "mesh", "--note", "First").output
    again = run(app, "release", "mesh")
    assert (again.exit_code, "Nothing changed" in again.output) == (1, True)
    for form in ("xml", "json", "ics"):
        assert run(app, "export", "mesh", tmp_path / f"out.{form}").exit_code == 0
    assert len(list(etree.parse(tmp_path / "out.xml").iter("event"))) == 40
    assert "must end in" in run(app, "export", "mesh", tmp_path / "out.pdf").output
    _asked_by_other_programs(client)


def _asked_by_other_programs(client) -> None:
    address = "/mesh/schedule.xml"
    preflight = client.options(address, headers={"Origin": "https://other.example"})
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"]) == (204, "*")
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", whole.headers["ETag"])
    for condition in (
        {"If-None-Match": whole.headers["ETag"]},
        {"If-Modified-Since": whole.headers["Last-Modified"]},
    ):
        known = client.get(address, headers=condition)
        assert (known.status_code, known.data) == (304, b"")
    room = client.get("/mesh/schedule/v/1.json").json["schedule"]["conference"]["rooms"]
    assert len(room) == 4
    for missing in (
        "schedule/v/7.xml",
        "schedule/forum/none.xml",
        "schedule/room/none.ics",
        "programme/none.ics",
    ):
        answer = client.get(f"/mesh/{missing}")
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (404, "*")


def test_what_is_no_schedule_is_refused_in_words(app, tmp_path):
    path = tmp_path / "in.xml"
    path.write_bytes(b"<html/>")
    refused = run(app, "import", path, "--code", "mesh")
    assert (refused.exit_code, "no schedule.xml" in refused.output) == (1, True)
