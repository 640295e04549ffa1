"""Whatever legal or illegal things are tried: totals, stages, sums and chain stay of one mind."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from expo.errors import Refused
from matchmaking.deals import services, story
from matchmaking.deals.models import Deal, DealEvent, DealLine
from matchmaking.deals.stages import STAGES, TYPES
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.deals.making import a_line, a_new_deal, a_rate

LINES = st.lists(
    st.builds(
        lambda hs, thousandths, price: a_line(
            hs=hs, quantity=Decimal(thousandths) / 1000, unit_price_minor=price
        ),
        st.sampled_from(["040900", "080610", "270900", "870323"]),
        st.integers(1, 10**7),
        st.integers(0, 10**6),
    ),
    min_size=1,
    max_size=3,
)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("record"), LINES, st.sampled_from(TYPES), st.sampled_from(["CNY", "USD", "JPY"])),
        st.tuples(st.just("move"), st.integers(0, 3), st.sampled_from(STAGES)),
        st.tuples(st.just("amend"), st.integers(0, 3), LINES, st.sampled_from(["seller", "buyer", "staff"])),
        st.tuples(st.just("confirm"), st.integers(0, 3), st.sampled_from(["seller", "buyer"])),
        st.tuples(st.just("dispute"), st.integers(0, 3), st.sampled_from(["seller", "buyer"])),
    ),
    max_size=12,
)


class House:
    """An edition with one seller and one buyer, and the deeds that are tried in it."""

    def __init__(self, session):
        self.session, self.edition = session, an_edition(session)
        a_rate(session, self.edition)
        a_rate(session, self.edition, currency="JPY", rate=Decimal("0.0509"))
        self.seller, self.buyer = an_exhibitor(session, self.edition), a_buyer(session, self.edition)
        self.sides = {
            "seller": self.seller.organisation_id,
            "buyer": self.buyer.organisation_id,
            "staff": None,
        }
        self.deals: list[Deal] = []

    def new(self, **given):
        return a_new_deal(self.session, self.edition, seller=self.seller, buyer=self.buyer, **given)

    def try_to(self, deed: str, *given) -> None:
        try:
            with self.session.begin_nested():
                self._do(deed, *given)
        except (Refused, IndexError):
            pass

    def _do(self, deed: str, *given) -> None:
        session, edition = self.session, self.edition
        if deed == "record":
            lines, type_, currency = given
            stage = "contract" if type_ == "report" else "intent"
            new = self.new(lines=tuple(lines), type=type_, stage=stage, currency=currency)
            self.deals.append(services.record(session, edition, new, 1))
        elif deed == "move":
            services.move(session, edition, self.deals[given[0]], given[1], 1)
        elif deed == "amend":
            deal = self.deals[given[0]]
            new = self.new(
                lines=tuple(given[1]), type=deal.type, stage=deal.stage, entered_for=self.sides[given[2]]
            )
            services.amend(session, edition, deal, new, 1)
        elif deed == "confirm":
            services.confirm(session, edition, self.deals[given[0]], self.sides[given[1]], 2)
        else:
            services.dispute(session, edition, self.deals[given[0]], self.sides[given[1]], 2, reason="No.")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_any_sequence_keeps_totals_stages_sums_and_chain_of_one_mind(session, deeds):
    house = House(session)
    for deed in deeds:
        house.try_to(*deed)
    report = services.verify(session, house.edition)
    assert (report.broken, report.odd, report.wrong_sums) == (None, (), 0)
    for deal in house.deals:
        events = session.exec(
            select(DealEvent).where(DealEvent.deal_id == deal.id).order_by(DealEvent.sequence)
        ).all()
        lines = session.exec(select(DealLine).where(DealLine.deal_id == deal.id)).all()
        state = story.told((one.kind, one.payload) for one in events)
        assert (state.stage, state.standing, deal.version) == (deal.stage, deal.standing, len(events))
        assert sum(line.amount_minor for line in lines) == deal.total_minor == state.content["total_minor"]
        assert sum(line.home_minor for line in lines) == deal.home_minor


@pytest.mark.parametrize(
    "events",
    [
        [("moved", {"from": "intent", "to": "contract"})],
        [("recorded", {"type": "purchase", "stage": "lead"}), ("moved", {"from": "lead", "to": "paid"})],
        [("recorded", {"type": "purchase", "stage": "lead"})] * 2,
        [("recorded", {"type": "purchase", "stage": "lead"}), ("confirmed", {"organisation": 5})],
    ],
)
def test_what_cannot_have_happened_is_no_story(events):
    with pytest.raises(story.Impossible):
        story.told(events)
