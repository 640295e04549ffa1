"""Parties are bound by the phases of profiles and recommendations; organisers, who set them, are not."""

from datetime import timedelta

import pytest

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.phases import services as phases
from matchmaking.profiles import services
from matchmaking.profiles.terms import Wish
from tests.matchmaking.requests.making import a_fair
from tests.page import problems
from tests.signing import sign_in

WISH = Wish("040900", {"en": "Honey"}, 1, "t", 0, 0, "CNY", "", (), ())


@pytest.fixture
def fair(session):
    """An edition whose profiles closed yesterday and whose recommendations open tomorrow."""
    edition, buyers, sellers = a_fair(session, 1, 1)
    day = phases.today(edition)
    dates = {
        "profiles": (None, day - timedelta(days=1)),
        "recommendations": (day + timedelta(days=1), None),
    }
    phases.save(session, edition, dates)
    return edition, session.get_one(Buyer, buyers[0].id), session.get_one(Exhibitor, sellers[0].id)


def given_by(row, **changes) -> dict:
    names = ("open_to_meetings", "languages", "min_meetings", "max_meetings", "share_forums")
    return {name: getattr(row, name) for name in names} | changes


def test_a_profile_and_its_needs_stay_as_they_are_once_their_phase_is_over(session, fair):
    edition, buyer, exhibitor = fair
    need = services.need_of(session, buyer, 1)
    profile = services.profile_of(session, exhibitor)
    late = [
        lambda: services.save_buyer(session, buyer, given_by(buyer, max_meetings=3)),
        lambda: services.save_exhibitor(session, exhibitor, given_by(profile, languages=["ru"])),
        lambda: services.add_need(session, buyer, WISH),
        lambda: services.change_need(session, buyer, need, WISH),
        lambda: services.remove_need(session, buyer, need),
        lambda: services.take_needs(session, buyer, [WISH], replace=True),
        lambda: services.also_buy(session, edition, 1, exhibitor),
    ]
    for act in late:
        with pytest.raises(Refused, match="“Profiles” ended on"):
            act()
    assert services.need_of(session, buyer, 1) is need


def test_whom_to_write_to_and_no_longer_taking_part_are_bound_by_no_phase(session, fair):
    _edition, buyer, exhibitor = fair
    contact = {"contact_name": "Li Na", "contact_email": "li@x.example"}
    services.save_buyer(session, buyer, given_by(buyer, open_to_meetings=False) | contact)
    assert (buyer.open_to_meetings, buyer.contact_name) == (False, "Li Na")
    profile = services.profile_of(session, exhibitor)
    services.save_exhibitor(session, exhibitor, given_by(profile, open_to_meetings=False))
    assert profile.open_to_meetings is False
    with pytest.raises(Refused, match="ended on"):
        services.save_buyer(session, buyer, given_by(buyer, open_to_meetings=True))


def test_lists_wait_for_their_phase_and_organisers_are_told_but_not_held(session, fair):
    edition, *_pair = fair
    too_early = phases.waits(session, edition, "recommendations")
    assert "begins on" in str(too_early)
    assert phases.waits(session, edition, "profiles") is None
    assert "You can act all the same" in str(phases.outside(session, edition, "recommendations"))
    assert phases.outside(session, edition, "agenda") is None


def test_pages_say_that_their_phase_is_over_and_offer_nothing_it_forbids(client, session, fair):
    edition, buyer, _exhibitor = fair
    firm = session.get_one(Organisation, buyer.organisation_id)
    session.commit()
    sign_in(client, session, "buyer", edition, firm)
    home = f"/{edition.code}/matchmaking"
    profile, needs = client.get(f"{home}/profile").text, client.get(f"{home}/needs").text
    assert (problems(profile), problems(needs)) == ([], [])
    assert ["“Profiles” ended on" in page for page in (profile, needs)] == [True, True]
    assert "Add a need" not in needs
