"""What the organiser chooses about the public plan, where it is embedded, and what is wanted most."""

import pytest

from expo.accounts.roles import Role
from expo.plan import kept
from expo.plan.models import PlanSettings
from tests.expo.allocation.rows import a_fair, a_firm
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def fair(session):
    kept.forget()
    fair = a_fair(session)
    a_firm(session, fair, "X", name="Honey House", wishes=[("stand", "A-01"), ("zone", "INT")])
    session.commit()
    return fair


@pytest.fixture
def organiser(client, session, fair):
    sign_in(client, session, Role.ORGANISER)
    return client


def settings(**more) -> dict:
    return {"names": "published", "shows_free": "y", "embedding": "nowhere", "sites": ""} | more


def test_choices_are_kept_and_shown_again(organiser, session, fair):
    address = f"/{fair.edition.code}/console/plan"
    sent = settings(names="at_once", embedding="listed", sites="https://www.example.org\nexample.net:8443")
    assert organiser.post(address, data=sent).status_code == 302
    chosen = session.get(PlanSettings, fair.edition.id)
    assert (chosen.names, chosen.embed_sites) == (
        "at_once",
        ["https://www.example.org", "https://example.net:8443"],
    )
    text = organiser.get(address).text
    assert ("https://www.example.org" in text, "iframe src=" in text, problems(text)) == (True, True, [])


@pytest.mark.parametrize(
    "site", ["https://exa mple.org/;script-src *", "javascript:alert(1)", "https://", "a;b"]
)
def test_a_site_that_is_none_is_refused_and_stays_in_the_form(organiser, session, fair, site):
    text = organiser.post(
        f"/{fair.edition.code}/console/plan", data=settings(embedding="listed", sites=site)
    ).text
    assert "is no address of a site" in text
    assert session.get(PlanSettings, fair.edition.id) is None


def test_the_plan_is_framed_only_where_the_organiser_allows(client, session, fair):
    address = f"/{fair.edition.code}/plan/embed"
    assert client.get(address).status_code == 404
    session.merge(
        PlanSettings(edition_id=fair.edition.id, embedding="listed", embed_sites=["https://a.example"])
    )
    session.commit()
    answer = client.get(f"{address}?hall=H1&language=ur")
    assert "frame-ancestors 'self' https://a.example" in answer.headers["Content-Security-Policy"]
    assert ("Set-Cookie" in answer.headers, 'dir="rtl"' in answer.text) == (False, True)
    assert problems(answer.text) == []
    assert (
        "frame-ancestors 'none'"
        in client.get(f"/{fair.edition.code}/plan").headers["Content-Security-Policy"]
    )


def test_demand_is_for_organisers_and_says_how_much_each_stand_is_wanted(client, session, fair):
    address = f"/{fair.edition.code}/console/plan/demand"
    assert client.get(address).status_code == 302
    sign_in(client, session, Role.FINANCE)
    assert client.get(address).status_code == 403
    sign_in(client, session, Role.ORGANISER)
    text = client.get(address).text
    assert ("1.04" in text, 'class="heat heat-' in text, problems(text)) == (True, True, [])
    assert client.get(f"{address}?hall=H9").status_code == 404


def test_the_console_is_closed_to_strangers(client, fair):
    assert client.get(f"/{fair.edition.code}/console/plan").status_code == 302
    assert client.post(f"/{fair.edition.code}/console/plan/signs").status_code in (302, 401)
