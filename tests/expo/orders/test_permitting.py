"""Permits from the application to the fee, with a database."""

import pytest

from expo.allocation.models import Allotment
from expo.errors import Refused
from expo.orders import services
from expo.orders.permits import Limits
from tests.expo.orders.test_extras import ordered
from tests.expo.orders.test_never import a_service
from tests.expo.orders.test_pure import DXF, PNG
from tests.make import a_hall, a_stand, a_zone, an_edition, an_exhibitor

HEIGHT = {"height_cm": 400, "description": "A tower", "weight_kg": 5}


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def firm(session, edition):
    return an_exhibitor(session, edition, height_cm=400)


def a_place(session, edition, firm, **limits):
    hall = a_hall(session, edition, clear_height_cm=600, load_kg_m2=1_000)
    for _ in range(2):
        stand = a_stand(session, hall, a_zone(session, edition), **limits)
        session.add(Allotment(edition_id=edition.id, stand_id=stand.id, exhibitor_id=firm.id))
    session.flush()


def sent(session, firm, kind="height", given=HEIGHT):
    permit = services.apply_for(session, firm, kind, given)
    services.add_drawing(session, permit, "tower.png", PNG)
    services.submit(session, permit)
    return permit


def test_limits_are_the_lowest_of_all_stands(session, edition, firm):
    a_place(session, edition, firm, height_cm=450)
    limits = services.limits_of(session, firm)
    assert (limits.height_cm, limits.load_kg_m2, limits.area_cm2) == (450, 1_000, 180_000)
    assert services.limits_of(session, an_exhibitor(session, edition)) == Limits()


def test_an_application_keeps_only_the_figures_of_its_kind_and_there_is_one_of_a_kind(session, firm):
    permit = services.apply_for(session, firm, "height", HEIGHT)
    assert (permit.number, permit.height_cm, permit.weight_kg) == (1, 400, None)
    with pytest.raises(Refused, match="already"):
        services.apply_for(session, firm, "height", HEIGHT)


def test_nothing_incomplete_is_sent(session, firm):
    permit = services.apply_for(session, firm, "height", {})
    with pytest.raises(Refused, match="figures first"):
        services.submit(session, permit)
    session.refresh(permit)
    services.change(session, permit, HEIGHT)
    with pytest.raises(Refused, match="drawing first"):
        services.submit(session, permit)


def test_drawings_are_kept_whole_and_once(session, firm):
    permit = services.apply_for(session, firm, "height", HEIGHT)
    drawing = services.add_drawing(session, permit, "../../plan.exe", DXF)
    assert (drawing.name, drawing.mimetype, drawing.content) == ("plan.dxf", "image/vnd.dxf", DXF)
    with pytest.raises(Refused, match="here already"):
        services.add_drawing(session, permit, "again.dxf", DXF)
    services.drop_drawing(session, permit, drawing)
    assert services.drawings_of(session, permit) == []


def test_what_was_sent_is_not_changed_until_it_is_asked_back(session, firm):
    permit = sent(session, firm)
    with pytest.raises(Refused, match="no longer changed"):
        services.change(session, permit, HEIGHT)
    with pytest.raises(Refused, match="no longer changed"):
        services.add_drawing(session, permit, "x.dxf", DXF)
    services.decide(session, permit, "returned", "Heights are missing", None)
    services.change(session, permit, HEIGHT | {"height_cm": 380})
    services.submit(session, permit)
    assert (permit.state, permit.height_cm) == ("submitted", 380)


def test_over_a_limit_needs_words_and_refusing_needs_a_reason(session, edition, firm):
    a_place(session, edition, firm, height_cm=350)
    permit = sent(session, firm)
    assert [found["tone"] for found in permit.findings] == ["bad"]
    for wanted, reason in (("granted", "exceeds a limit"), ("refused", "Write a sentence")):
        with pytest.raises(Refused, match=reason), session.begin_nested():
            services.decide(session, permit, wanted, " ", None)
        session.refresh(permit)
    services.decide(session, permit, "granted", "Only in the middle", None)
    assert (permit.state, permit.decision) == ("granted", "Only in the middle")


def test_the_fee_is_charged_once_on_the_order_of_services(session, edition, firm):
    a_place(session, edition, firm)
    fee = {"code": "FEE", "category": "permit", "permit": "height", "price_minor": 50_000}
    a_service(session, edition, **fee)
    permit = sent(session, firm)
    services.decide(session, permit, "granted", "", None)
    order = services.open_extras(session, firm)
    assert (order.total_minor, [line.kind for line in services.lines(session, order)]) == (53_000, ["permit"])
    services.decide(session, permit, "returned", "One more look", None)
    services.submit(session, permit)
    services.decide(session, permit, "granted", "", None)
    assert len(services.lines(session, order)) == 1
    with pytest.raises(Refused, match="no order that can still be changed"):
        services.change_line(session, edition, firm, 1, 0)


def test_who_may_not_open_yet_and_why(session, edition, firm):
    rigged = an_exhibitor(session, edition)
    a_service(session, edition, code="RIG", category="hanging", permit="hanging")
    ordered(session, edition, rigged, RIG=1)
    an_exhibitor(session, edition)
    missing = {one.code: one.permits for one in services.not_ready(session, edition)}
    assert missing == {firm.code: {"height": ""}, rigged.code: {"hanging": ""}}
    a_place(session, edition, firm)
    permit = sent(session, firm)
    assert services.needed_by(session, firm) == {"height": "submitted"}
    services.decide(session, permit, "granted", "", None)
    assert [one.code for one in services.not_ready(session, edition)] == [rigged.code]


def test_a_withdrawn_application_makes_way(session, firm):
    services.withdraw(session, sent(session, firm))
    assert services.apply_for(session, firm, "height", HEIGHT).number == 2
