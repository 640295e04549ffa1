"""Addresses: marked pages, the public ones by name, tidy words, guarded forms, sound markup."""

import re

import pytest

from expo.accounts.roles import PERMISSIONS
from expo.web.access import PUBLIC
from tests.make import an_edition
from tests.page import problems
from tests.signing import sign_in

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
    "onsite.desk_decoder",
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
