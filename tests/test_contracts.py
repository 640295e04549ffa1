"""House rules that no linter knows: pure rooms, one committer, marked pages, small files, tidy addresses."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from expo.accounts.roles import PERMISSIONS
from expo.settings import ROOT
from expo.web.access import PUBLIC
from tests.make import an_edition
from tests.page import problems
from tests.signing import sign_in

WINGS = ("expo", "matchmaking")
DOORS = frozenset(
    {"models", "queries", "services", "forms", "prints", "views", "api", "jobs", "cli", "__init__"}
)
COMMITTERS = frozenset({"views", "api", "jobs", "cli"})
GROUND = frozenset({"web", "jobs"})  # rooms whose other modules are the machinery itself
WEB_AND_DATABASE = frozenset(
    "flask flask_babel flask_login flask_wtf wtforms werkzeug sqlmodel sqlalchemy psycopg".split()  # noqa: SIM905
)
LONGEST_FILE = 300
LONG_WITH_REASON = {
    "expo/forums/timetable/kernel.py": "compiled as one piece",
    "matchmaking/meetings/agenda/board.py": "compiled as one piece",
}

# Every address that anybody may open without signing in. A new one is a decision: add it here.
PUBLIC_ENDPOINTS = {
    "accounts.ask_reset",
    "accounts.confirm",
    "accounts.mail_sent",
    "accounts.reset",
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.sign_up",
    # the gate asks for a device's token, or a sign-in with checkin.scan
    "checkin_api.annul_here",
    "checkin_api.annul_there",
    "checkin_api.bundle",
    "checkin_api.enrol",
    "checkin_api.event",
    "checkin_api.events",
    "checkin_api.info",
    "checkin_api.initialize",
    "checkin_api.items",
    "checkin_api.list_status",
    "checkin_api.lists",
    "checkin_api.one_list",
    "checkin_api.photo",
    "checkin_api.version",
    "checkin_api.redeem_position",
    "checkin_api.none_here",
    "checkin_api.failed_checkin",
    "checkin_api.event_settings",
    "checkin_api.event_selection",
    "checkin_api.positions",
    "checkin_api.redeem_here",
    "checkin_api.redeem_there",
    "checkin_api.revoke",
    "checkin_api.roll",
    "checkin_api.search",
    "checkin_api.search_there",
    "checkin_api.status",
    "checkin_api.sync",
    "checkin_api.update",
    "deals.check_document",
    "deals.check_form",
    "deals.outcomes",
    "editions.front",
    # the secret key is in the address
    "onsite.feed",
    "plan.floor_plan",
    "plan.floor_plan_json",
    "plan.floor_plan_pdf",
    "plan.floor_plan_svg",
    "plan.plan_embed",
    "plan.plan_search",
    "plan.plan_way",
    "call.call_page",
    "call.own_act",
    "call.own_proposal",
    "call.proposal_link",
    "call.proposal_new",
    "catalogue.exhibitor_detail",
    "catalogue.exhibitor_list",
    "catalogue.exhibitor_table",
    "catalogue.hs_find",
    "catalogue.hs_list",
    "catalogue.product_list",
    "catalogue_api.exhibitor",
    "catalogue_api.exhibitors",
    "catalogue_api.products",
    "forums.change_feed",
    "forums.change_log",
    "forums.feed",
    "forums.feed_forum",
    "forums.feed_room",
    "forums.feed_version",
    "forums.feed_version_forum",
    "forums.feed_version_room",
    "forums.now_page",
    "forums.now_room",
    "forums.screen",
    "forums.old_programme",
    "forums.old_talk",
    "forums.own_confirm",
    "forums.own_page",
    "forums.own_renew",
    "forums.own_withdraw",
    "forums.programme",
    "forums.programme_print",
    "forums.speaker_detail",
    "forums.speaker_list",
    "forums.talk_calendar",
    "forums.talk_detail",
    "forums.timetable_print",
    "gate.app",
    "gate.app_file",
    "gate.enrol",
    "gate.manifest",
    "gate.worker",
    "gate_api.desk",  # devices' own tokens
    "gate_api.photo",
    "healthz",
    "leads.decoder",
    "leads.met_by",
    "leads.phone_enrol",
    "leads.scan",
    "leads.state",
    "leads.stop",
    "leads_mail.stop_at_once",
    "leads.sync",
    "leads.typed",
    "leads.worker",
    "look",
    "packaged_file",
    "points.published",
    "registration.own_act",
    "registration.own_badge",
    "registration.own_calendar",
    "registration.own_consents",
    "registration.own_data",
    "registration.own_data_file",
    "registration.own_erasure",
    "registration.own_page",
    "registration.own_photo",
    "registration.own_photo_delete",
    "registration.own_photo_picture",
    "registration.privacy_page",
    "registration.own_visa",
    "registration.own_visa_back",
    "registration.own_visa_file",
    "registration.register_form",
    "registration.register_page",
    "registration.registration_link",
    "registration.visa_check",
    "registration.visa_check_form",
    "readyz",
    "site.home",
    "stars.ask_address",
    "stars.calendar",
    "stars.confirm",
    "stars.export",
    "stars.forget",
    "stars.icon",
    "stars.key",
    "stars.letters",
    "stars.manifest",
    "stars.own",
    "stars.own_json",
    "stars.send",
    "stars.shared",
    "stars.shell",
    "stars.star",
    "stars.star_set",
    "stars.talks_json",
    "stars.worker",
    "site.robots",
    "site.sitemap",
    "static_file",
}


def modules() -> list[Path]:
    return sorted(path for wing in WINGS for path in (ROOT / wing).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def door(path: Path) -> str | None:
    """Which door of a room a file belongs to; None for ground-floor modules outside rooms."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[2] if len(parts) > 2 else None


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def impurities(path: Path) -> list[str]:
    names = imported(ast.parse(path.read_text()))
    return sorted(
        name for name in names if name.split(".")[0] in WEB_AND_DATABASE or name.startswith("expo.web")
    )


def test_what_is_not_a_door_is_pure():
    inner = [
        path for path in modules() if door(path) and door(path) not in DOORS and path.parts[-2] not in GROUND
    ]
    found = {name_of(path): impurities(path) for path in inner if impurities(path)}
    assert found == {}


def commits(path: Path) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr == "commit" for call in calls)


def test_only_pages_api_jobs_and_commands_commit():
    found = {name_of(path) for path in modules() if commits(path) and door(path) not in COMMITTERS}
    assert found == {"expo/jobs/runner.py"}


def test_files_stay_short():
    found = {name_of(path) for path in modules() if path.read_text().count("\n") > LONGEST_FILE}
    assert found - set(LONG_WITH_REASON) == set()


def test_every_module_says_what_it_is_in_one_line():
    silent = [name_of(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_models_keep_their_annotations():
    """A postponed annotation breaks SQLModel's relationships."""
    late = [
        name_of(path) for path in modules() if path.name == "models.py" and "__future__" in path.read_text()
    ]
    assert late == []


def test_no_room_is_a_drawer_for_everything():
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [name_of(path) for path in modules() if drawers & set(path.with_suffix("").parts)] == []


def test_rooms_and_doors_stand_in_their_order():
    """The import contracts of pyproject.toml."""
    tool = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout


# ---- addresses ----


def test_every_page_is_public_or_names_a_permission(app):
    marks = {name: getattr(view, "needs", None) for name, view in app.view_functions.items()}
    assert {name for name, mark in marks.items() if mark != PUBLIC and mark not in PERMISSIONS} == set()


def test_the_public_pages_are_these_and_no_others(app):
    public = {name for name, view in app.view_functions.items() if getattr(view, "needs", None) == PUBLIC}
    here = {name for name in PUBLIC_ENDPOINTS if "." not in name or name.split(".")[0] in app.blueprints}
    assert public == here


NOT_OURS = {"failed_checkins"}
"""Addresses that foreign apps know (pretix's scanners) and no page of ours is called by."""


def test_addresses_are_kebab_case(app):
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    words = {re.sub(r"<[^>]*>", "", word) for rule in rules for word in rule.split("/")}
    assert {word for word in words if not re.fullmatch(r"[a-z0-9.-]*", word)} - NOT_OURS == set()


def test_every_form_that_posts_is_guarded(app):
    assert app.config["WTF_CSRF_CHECK_DEFAULT"] is True
    assert app.extensions["csrf"]._exempt_views == set()


# ---- pages ----

CONSOLE = ("roles", "outbox", "audit", "jobs")


@pytest.mark.parametrize(
    "address", ["/", "/sign-in", "/sign-up", "/sign-up/mail-sent", "/reset", "/look", "/nowhere"]
)
@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_public_pages_are_well_made(client, address, language):
    assert problems(client.get(f"{address}?lang={language}").text) == []


@pytest.mark.parametrize("page", CONSOLE)
def test_console_pages_are_well_made(client, session, page):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    answer = client.get(f"/{edition.code}/console/{page}")
    assert (answer.status_code, problems(answer.text)) == (200, [])
