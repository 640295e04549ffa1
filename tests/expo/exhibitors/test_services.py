"""Applying, wishing, deciding and ordering, with a database."""

from datetime import date

import pytest

from expo.errors import Refused
from expo.exhibitors import services
from expo.exhibitors.models import Exhibitor, Order
from tests.make import a_hall, a_stand, a_zone, an_edition, an_exhibitor, an_organisation

HONEY = {"name": {"en": "Kyrgyz Honey"}, "country": "KG", "size": "small", "email": "honey@example.org"}


def a_draft(session, edition=None, **given) -> Exhibitor:
    """A complete application that was not sent yet."""
    values = {
        "state": "draft",
        "zones": ["A"],
        "sector": "food",
        "profile": {"en": "Honey"},
        "contact_name": "Aigul",
        "contact_email": "aigul@example.org",
    }
    return an_exhibitor(session, edition or an_edition(session), **values | given)


def test_codes_go_on_from_the_highest(session):
    edition = an_edition(session)
    an_exhibitor(session, edition, code="EX330")
    an_exhibitor(session, edition, code="GUEST")
    assert services.start(session, edition, HONEY).code == "EX331"


def test_a_known_name_is_not_taken_by_typing_it(session):
    edition = an_edition(session)
    services.start(session, edition, HONEY)
    with pytest.raises(Refused, match="ask the organiser"):
        services.start(session, edition, HONEY | {"name": {"en": "KYRGYZ  honey"}})
    assert services.start(session, edition, HONEY | {"country": "KZ"}).code == "EX002"


def test_an_exhibitor_may_not_rename_itself_into_another(session):
    edition = an_edition(session)
    services.start(session, edition, HONEY)
    other = services.start(session, edition, HONEY | {"name": {"en": "Jam"}})
    with pytest.raises(Refused, match="ask the organiser"):
        services.save_organisation(session, other, HONEY)


def test_sending_tells_newcomers_from_those_who_were_here(session):
    edition = an_edition(session)
    earlier = an_edition(session, starts_on=date(2022, 6, 15), ends_on=date(2022, 6, 16))
    organisation = an_organisation(session)
    an_exhibitor(session, earlier, organisation)
    draft = a_draft(session, edition, organisation=organisation, area_m2=36)
    services.submit(session, edition, draft)
    assert (draft.state, draft.newcomer) == ("submitted", False)
    sent_at = draft.submitted_at
    services.submit(session, edition, draft)  # sent twice, it was sent once
    assert (draft.state, draft.submitted_at) == ("submitted", sent_at)
    newcomer = a_draft(session, edition)
    services.submit(session, edition, newcomer)
    assert newcomer.newcomer is True


def test_an_incomplete_application_is_not_sent(session):
    edition = an_edition(session)
    draft = a_draft(session, edition, zones=[])
    with pytest.raises(Refused, match="Choose at least one zone"):
        services.submit(session, edition, draft)
    assert draft.state == "draft"


def test_what_was_sent_cannot_be_changed_until_it_is_taken_back(session):
    edition = an_edition(session)
    draft = a_draft(session, edition)
    services.submit(session, edition, draft)
    with pytest.raises(Refused, match="Take it back first"):
        services.save_stand(session, draft, {"area_m2": 18})
    with pytest.raises(Refused, match="Take it back first"):
        services.add_wish(session, draft, "corner", "")
    services.take_back(session, draft)
    services.save_stand(session, draft, {"area_m2": 18})
    assert draft.area_m2 == 18


def test_wishes_are_ranked_moved_and_closed_up(session):
    edition = an_edition(session)
    draft, hall, zone = a_draft(session, edition), a_hall(session, edition), a_zone(session, edition)
    partner = an_exhibitor(
        session, edition, organisation=an_organisation(session, search_name="silk road tea")
    )
    a_stand(session, hall, zone, code="A-07")
    services.add_wish(session, draft, "stand", "a-07")
    services.add_wish(session, draft, "beside", "Silk Road  TEA")
    services.add_wish(session, draft, "corner", "ignored")
    services.move_wish(session, draft, 3, -1)
    services.move_wish(session, draft, 1, -1)
    ranked = [(wish.rank, wish.kind, wish.target) for wish in services.wishes(session, draft)]
    assert ranked == [(1, "stand", "A-07"), (2, "corner", ""), (3, "beside", partner.code)]
    services.drop_wish(session, draft, 1)
    assert [(wish.rank, wish.kind) for wish in services.wishes(session, draft)] == [
        (1, "corner"),
        (2, "beside"),
    ]


@pytest.mark.parametrize(
    ("kind", "target", "reason"),
    [
        ("stand", "Z-99", "Nothing is called"),
        ("hall", "", "needs a code"),
        ("beside", "Nobody", "No exhibitor"),
    ],
)
def test_a_wish_for_nothing_there_is_refused(session, kind, target, reason):
    with pytest.raises(Refused, match=reason):
        services.add_wish(session, a_draft(session), kind, target)


def test_a_rejection_needs_a_sentence_and_a_decision_is_final_for_the_state(session):
    edition = an_edition(session)
    draft = a_draft(session, edition)
    with pytest.raises(Refused, match="not possible"):
        services.decide(session, draft, "accepted")
    services.submit(session, edition, draft)
    with pytest.raises(Refused, match="Write a sentence"):
        services.decide(session, draft, "rejected", "  ")
    services.decide(session, draft, "rejected", "The zone is full.")
    assert (draft.state, draft.review_note) == ("rejected", "The zone is full.")
    assert services.review_counts(session, edition.id) == {"rejected": 1}


def test_the_queue_filters_by_state_country_zone_and_words(session):
    edition = an_edition(session)
    organisation = an_organisation(session, country="KG")
    wanted = a_draft(session, edition, organisation=organisation, state="submitted", search_text="honey ex1")
    a_draft(session, edition, state="submitted", zones=["B"], search_text="honey ex2")
    a_draft(session, edition)

    def codes(**chosen):
        return [row.code for row in services.queue(session, edition.id, services.Filter(**chosen))]

    assert codes(state="submitted", country="KG") == [wanted.code]
    assert codes(state="submitted", zone="A") == [wanted.code]
    assert codes(words="EX1 Honey") == [wanted.code]
    assert len(codes()) == 3
    assert services.found_by_state(session, edition.id, services.Filter(words="honey")) == {"submitted": 2}


def test_who_has_an_order_cannot_simply_be_ended(session):
    exhibitor = an_exhibitor(session, an_edition(session))
    session.add(Order(edition_id=exhibitor.edition_id, exhibitor_id=exhibitor.id, number=1, currency="CNY"))
    session.flush()
    with pytest.raises(Refused, match="Cancel that first"):
        services.decide(session, exhibitor, "withdrawn")
