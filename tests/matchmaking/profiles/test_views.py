"""Pages of profiles, needs and recommendations: a happy path and a refusal each."""

import re

import pytest
from sqlmodel import select

from expo.exhibitors.names import search_name
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, Need
from matchmaking.recommendations.models import Dismissal
from matchmaking.recommendations.queries import scores_of
from matchmaking.requests.models import MeetingRefusal
from tests.asking import asked
from tests.make import a_buyer, a_need, a_person, a_product, an_exhibitor, an_organisation
from tests.matchmaking.profiles.making import as_buyer, as_seller
from tests.page import problems
from tests.signing import a_user, sign_in

PROFILE = {
    "open_to_meetings": "y", "languages": ["ru", "zh"], "half_day": "am", "min_meetings": "1",
    "max_meetings": "8", "certificates": "Halal, ISO 22000", "park": "Silk Road Park", "committee": "",
}  # fmt: skip

NEED = {
    "hs": "0409.00", "text-en": "Raw honey", "quantity": "20", "unit": "t", "min_price": "10",
    "max_price": "30.50", "currency": "CNY", "incoterm": "FOB", "certificates": "Halal",
    "countries": "Kyrgyzstan, KZ",
}  # fmt: skip


def test_a_buyer_says_who_it_is(client, session, edition, buyer):
    as_buyer(client, session, buyer, edition)
    address = f"/{edition.code}/matchmaking/profile"
    assert problems(client.get(address).text) == []
    sent = PROFILE | {"contact_name": "Li", "contact_email": "li@x.example", "about-en": "We sell honey."}
    assert client.post(address, data=sent).status_code == 302
    session.refresh(buyer)
    assert (buyer.languages, buyer.certificates, buyer.park, buyer.half_day) == (
        ["ru", "zh"], ["Halal", "ISO 22000"], "Silk Road Park", "am",
    )  # fmt: skip


def test_more_meetings_at_least_than_at_most_are_refused_and_kept(client, session, edition, buyer):
    as_buyer(client, session, buyer, edition)
    sent = PROFILE | {"min_meetings": "9", "park": "As typed"}
    page = client.post(f"/{edition.code}/matchmaking/profile", data=sent)
    assert "The most is less than the fewest meetings." in page.text
    assert "As typed" in page.text


def test_a_need_is_added_and_leads_to_a_recommendation_at_once(client, session, edition, buyer, seller):
    as_buyer(client, session, buyer, edition)
    address = f"/{edition.code}/matchmaking/needs"
    assert problems(client.get(address).text) == []
    assert problems(client.get(f"{address}/new").text) == []
    assert client.post(f"{address}/new", data=NEED).status_code == 302
    need = session.exec(select(Need).where(Need.buyer_id == buyer.id)).one()
    assert (need.hs, need.min_price_minor, need.max_price_minor, need.countries) == (
        "040900", 1000, 3050, ["KG", "KZ"],
    )  # fmt: skip
    page = client.get(f"/{edition.code}/matchmaking/recommendations").text
    assert problems(page) == []
    assert seller.code in page
    assert "Exactly the class wanted: HS 040900." in page
    assert problems(client.get(f"{address}/1").text) == []


def test_a_need_of_no_class_is_refused_with_what_was_typed(client, session, edition, buyer):
    as_buyer(client, session, buyer, edition)
    page = client.post(f"/{edition.code}/matchmaking/needs/new", data=NEED | {"hs": "honey"})
    assert "This is no class of the Harmonised System." in page.text
    assert 'value="honey"' in page.text


def test_a_class_is_looked_up_by_a_word_without_scripts(client, session, edition, buyer, seller):
    as_buyer(client, session, buyer, edition)
    page = client.post(f"/{edition.code}/matchmaking/needs/new", data={"hs": "mountain honey", "find": "1"})
    assert 'name="pick" value="040900"' in page.text
    page = client.post(f"/{edition.code}/matchmaking/needs/new", data={"hs": "honey", "pick": "040900"})
    assert 'value="040900"' in page.text


@pytest.mark.parametrize("word", ["honey", "蜂蜜", "мёд", "شہد"])
def test_a_chapter_is_found_in_four_languages(client, edition, word):
    found = client.get(f"/{edition.code}/hs/find.json", query_string={"q": word}).json
    assert "04" in [one["code"] for one in found]


def test_an_exhibitor_opens_and_closes_itself_to_meetings(client, session, edition, seller, buyer):
    a_need(session, buyer, hs="040900")
    as_seller(client, session, seller, edition)
    address = f"/{edition.code}/portal/profile"
    assert problems(client.get(address).text) == []
    assert client.post(address, data=PROFILE | {"markets": "China; Индия"}).status_code == 302
    profile = session.exec(select(ExhibitorProfile).where(ExhibitorProfile.exhibitor_id == seller.id)).one()
    session.refresh(profile)
    assert (profile.open_to_meetings, profile.markets) == (True, ["CN", "IN"])
    assert buyer.code in client.get(f"/{edition.code}/portal/recommendations").text
    assert (
        client.post(address, data={k: v for k, v in PROFILE.items() if k != "open_to_meetings"}).status_code
        == 302
    )
    assert buyer.code not in client.get(f"/{edition.code}/portal/recommendations").text
    assert scores_of(session, edition) == []


def test_a_country_that_there_is_none_of_is_named(client, session, edition, seller):
    as_seller(client, session, seller, edition)
    page = client.post(f"/{edition.code}/portal/profile", data=PROFILE | {"markets": "China, Atlantis"})
    assert "No country is called Atlantis." in page.text


def test_what_is_put_aside_goes_and_comes_back_and_the_other_side_sees_nothing(
    client, session, edition, buyer, seller
):
    a_need(session, buyer, hs="040900")
    as_buyer(client, session, buyer, edition)
    address = f"/{edition.code}/matchmaking/recommendations"
    assert seller.code in client.get(address).text
    assert client.post(f"{address}/{seller.code}/aside").status_code == 302
    assert seller.code not in client.get(address).text
    assert seller.code in client.get(f"{address}?show=aside").text
    as_seller(client, session, seller, edition)
    assert buyer.code in client.get(f"/{edition.code}/portal/recommendations").text
    as_buyer(client, session, buyer, edition)
    client.post(f"{address}/{seller.code}/back")
    assert session.exec(select(Dismissal)).all() == []


def test_nobody_acts_for_others(client, session, edition, buyer, seller):
    stranger = a_buyer(session, edition)
    a_need(session, buyer, hs="040900", position=1)
    as_buyer(client, session, stranger, edition)
    assert client.get(f"/{edition.code}/matchmaking/needs/1").status_code == 404
    assert client.post(f"/{edition.code}/matchmaking/needs/1/delete").status_code == 404
    assert client.get(f"/{edition.code}/portal/profile").status_code == 403
    assert client.get(f"/{edition.code}/console/profiles").status_code == 403
    page = client.get(f"/{edition.code}/matchmaking/profile?as={buyer.code}").text
    assert f'<span class="code">{stranger.code}</span>' in page


def test_a_registered_trade_buyer_takes_part(client, session, edition):
    user = a_user(session, email="li@trade.example")
    a_person(
        session, edition, kind="buyer", email="Li@trade.example", organisation="Tianshan Trade",
        country="CN", language="zh",
    )  # fmt: skip
    sign_in(client, session, user=user)
    page = client.get(f"/{edition.code}/matchmaking")
    assert problems(page.text) == []
    assert "Tianshan Trade" in page.text
    person = page.text.partition("/take-up/person/")[2].partition('"')[0]
    answer = client.post(f"/{edition.code}/matchmaking/take-up/person/{person}")
    assert answer.headers["Location"].endswith("/matchmaking/needs")
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).one()
    assert (buyer.contact_email, buyer.languages) == ("li@trade.example", ["en", "zh"])
    assert client.get(f"/{edition.code}/matchmaking/needs").status_code == 200


def test_nobody_takes_part_by_the_registration_of_another_or_one_not_confirmed(client, session, edition):
    theirs = a_person(session, edition, kind="buyer", email="x@y.example", organisation="X", country="CN")
    user = a_user(session, email="me@y.example")
    waits = a_person(
        session, edition, kind="buyer", email=user.email, organisation="Y", country="CN", state="pending"
    )
    sign_in(client, session, user=user)
    for person in (theirs, waits):
        client.post(f"/{edition.code}/matchmaking/take-up/person/{person.id}")
    assert session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).all() == []


def test_an_organiser_invites_a_buyer_who_takes_it_up(client, session, edition):
    sign_in(client, session, "organiser", edition)
    address = f"/{edition.code}/console/profiles/invite"
    assert problems(client.get(address).text) == []
    sent = {
        "name-en": "Almaty Foods", "country": "KZ", "contact_name": "Dana", "contact_email": "dana@x.example",
        "spoken": "ru",
    }  # fmt: skip
    assert client.post(address, data=sent).status_code == 302
    assert "among the buyers already" in client.post(address, data=sent).text
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).one()
    sign_in(client, session, user=a_user(session, email="other@x.example"))
    client.post(f"/{edition.code}/matchmaking/take-up/buyer/{buyer.id}")
    assert client.get(f"/{edition.code}/matchmaking/needs").status_code == 403
    sign_in(client, session, user=a_user(session, email="dana@x.example"))
    client.post(f"/{edition.code}/matchmaking/take-up/buyer/{buyer.id}")
    assert client.get(f"/{edition.code}/matchmaking/needs").status_code == 200


def test_an_exhibitor_buys_as_well_and_never_meets_itself(client, session, edition, seller):
    as_seller(client, session, seller, edition)
    assert client.post(f"/{edition.code}/matchmaking/also-buy").status_code == 302
    assert client.post(f"/{edition.code}/matchmaking/needs/new", data=NEED).status_code == 302
    assert scores_of(session, edition) == []


def test_a_page_takes_as_many_queries_for_one_as_for_many(client, session, edition, buyer, seller):
    a_need(session, buyer, hs="040900")
    as_buyer(client, session, buyer, edition)
    counts = []
    for more in (0, 6):
        for _ in range(more):
            a_product(session, an_exhibitor(session, edition), hs="040900")
        session.commit()
        client.get(f"/{edition.code}/matchmaking/recommendations")
        with asked(session.get_bind().engine) as told:
            client.get(f"/{edition.code}/matchmaking/recommendations")
        counts.append(len(told))
    assert counts[0] == counts[1]


def test_an_organisation_is_not_taken_over_by_its_name(client, session, edition):
    name = {"en": "Known Trade"}
    an_organisation(session, name=name, search_name=search_name(name), country="CN")
    user = a_user(session, email="li@trade.example")
    person = a_person(
        session, edition, kind="buyer", email=user.email, organisation="Known Trade", country="CN"
    )
    sign_in(client, session, user=user)
    client.post(f"/{edition.code}/matchmaking/take-up/person/{person.id}")
    assert session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).all() == []


def test_a_no_changes_ones_own_list_and_nothing_of_the_other_side(client, session, edition, buyer, seller):
    a_need(session, buyer, hs="040900")
    as_buyer(client, session, buyer, edition)
    address = f"/{edition.code}/matchmaking/recommendations"
    before = client.get(address).text.partition("<main")[2].partition("</main>")[0]
    no = MeetingRefusal(edition_id=edition.id, buyer_id=buyer.id, exhibitor_id=seller.id, side="supplier")
    session.add(no)
    session.commit()
    after = client.get(address).text.partition("<main")[2].partition("</main>")[0]
    assert seller.code in after
    assert plain(after) == plain(before)
    as_seller(client, session, seller, edition)
    assert buyer.code not in client.get(f"/{edition.code}/portal/recommendations").text


def plain(page: str) -> str:
    """A page without the tokens of its forms."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def test_kinds_that_may_be_one_are_shown_to_the_organiser(client, session, edition, seller):
    for name in ("Raw honey, jar", "Honey: raw (jar)", "Candles"):
        a_product(session, seller, hs="040900", name={"en": name}, kind_key=f"040900-KG-{name}")
    sign_in(client, session, "organiser", edition)
    page = client.get(f"/{edition.code}/console/profiles/near-doubles")
    assert problems(page.text) == []
    assert "Raw honey, jar" in page.text
    assert "Candles" not in page.text


def test_who_awaits_the_organisers_decision_reads_so(client, session, edition):
    user = a_user(session, email="me@y.example")
    a_person(session, edition, kind="buyer", state="pending", email=user.email)
    sign_in(client, session, user=user)
    page = client.get(f"/{edition.code}/matchmaking").text
    assert ("You registered as a trade buyer." in page, problems(page)) == (True, [])
