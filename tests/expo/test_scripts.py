"""The scripts from npm: pinned with their digests, served by the allow-list, named alike everywhere."""

import json
import re

from expo import scripts
from expo.packaged import SCRIPTS, packaged_path
from expo.settings import ROOT


def locked():
    return json.loads((ROOT / "package-lock.json").read_text())["packages"]


def test_every_package_is_pinned_with_its_digest():
    named = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert named == {name: locked()[f"node_modules/{name}"]["version"] for name in named}
    assert [name for name, one in locked().items() if name and "sha512-" not in one["integrity"]] == []


def test_addresses_name_the_version_that_is_installed():
    wrong = [
        address
        for address, inside in SCRIPTS.items()
        for package in ["/".join(inside.split("/")[: 2 if inside.startswith("@") else 1])]
        if address.split("/")[0]
        != package.strip("@").replace("/", "-") + "-" + locked()[f"node_modules/{package}"]["version"]
    ]
    assert wrong == []


def test_what_our_modules_import_is_on_the_list():
    asked = {
        name
        for module in (ROOT / "static").glob("*.js")
        for name in re.findall(r"/assets/([\w.@/-]+\.js)", module.read_text())
    }
    assert asked - set(SCRIPTS) == set()


def test_what_is_installed_is_served_for_long(client):
    assert scripts.are_there()
    for address in SCRIPTS:
        answer = client.get(f"/assets/{address}")
        assert (answer.status_code, "max-age=31536000" in answer.headers["Cache-Control"]) == (200, True)
    assert client.get("/assets/zxing-wasm-3.1.4/zxing_reader.wasm").mimetype == "application/wasm"
    assert client.get("/assets/zxing-wasm-3.1.4/package.json").status_code == 404
    assert packaged_path("../package.json") is None


def test_the_house_opens_without_npm_and_says_what_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(scripts, "wanted", lambda root=ROOT: "another lock file")
    monkeypatch.setattr(scripts, "npm_command", list)
    assert scripts.main() == 0
    assert "Scanning with a camera will not work" in capsys.readouterr().out


def test_an_npm_that_fails_is_quoted_in_one_line(tmp_path):
    (tmp_path / "package.json").write_text('{"dependencies": {"nothing": "1.0.0"}}')
    (tmp_path / "package-lock.json").write_text("{}")
    problem = scripts.install(tmp_path)
    assert (problem != "", "\n" in problem, scripts.are_there(tmp_path)) == (True, False, False)
