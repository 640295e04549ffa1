"""The log has one line a request: the route and how it ended, never what an address or a form held."""

import json

from expo import logs
from tests.make import an_edition


def lines(capfd) -> list[dict]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines() if '"request"' in line]


def test_a_request_leaves_one_line_with_its_id(client, session, capfd):
    edition = an_edition(session)
    logs.set_up("info")
    try:
        answer = client.get(f"/{edition.code}/", headers={"X-Request-ID": "gate-7-12345"})
        (line,) = lines(capfd)
    finally:
        logs.set_up("error")
    assert (line["route"], line["status"], line["edition"]) == ("/<edition>/", 200, edition.code)
    assert line["request_id"] == answer.headers["X-Request-ID"] == "gate-7-12345"


def test_secrets_in_addresses_and_forms_stay_out_of_the_log(client, capfd):
    logs.set_up("info")
    try:
        client.get("/confirm/very-secret-code?token=also-secret")
        client.post("/sign-in", data={"email": "a@example.org", "password": "my secret phrase"})
        said = capfd.readouterr().err
    finally:
        logs.set_up("error")
    assert "secret" not in said
    assert "a@example.org" not in said
