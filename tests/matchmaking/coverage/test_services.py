"""Drawing chains."""

import pytest

from expo.errors import Refused
from matchmaking.coverage import queries, services
from matchmaking.coverage.starting import STARTING
from tests.make import an_edition


def test_the_starting_set_is_added_once(session):
    edition = an_edition(session)
    assert (services.start(session, edition), services.start(session, edition)) == (len(STARTING), 0)
    found = {one.code: one.chain for one in queries.supply_chains(session, edition)}
    assert found == {chain.code: chain for chain in STARTING}


def test_a_chain_is_drawn_changed_and_dropped(session):
    edition = an_edition(session)
    chain = services.draw(session, edition, "steel", "Steel", "Metal: 72", "en")
    services.change(session, chain, "Сталь", "Металл: 72\nМашины: 84", "ru")
    assert [stage.name for stage in chain.chain.stages] == [{"en": "Metal", "ru": "Металл"}, {"ru": "Машины"}]
    assert chain.name == {"en": "Steel", "ru": "Сталь"}
    services.drop(session, chain)
    assert services.chain_of(session, edition, "steel") is None


@pytest.mark.parametrize("code", ["", "Steel", "steel works", "s" * 41])
def test_a_code_is_small_letters_digits_and_hyphens(session, code):
    with pytest.raises(Refused):
        services.draw(session, an_edition(session), code, "Steel", "Metal: 72", "en")


def test_a_code_is_given_once(session):
    edition = an_edition(session)
    services.draw(session, edition, "steel", "Steel", "Metal: 72", "en")
    with pytest.raises(Refused) as refused:
        services.draw(session, edition, "steel", "Steel", "Metal: 72", "en")
    assert str(refused.value.sentence) == "There is a chain of this code already."


def test_a_chain_has_a_name(session):
    edition = an_edition(session)
    with pytest.raises(Refused, match="Please give a name"):
        services.draw(session, edition, "steel", " ", "Metal: 72", "en")
    chain = services.draw(session, edition, "steel", " Steel ", "Metal: 72", "en")
    with pytest.raises(Refused, match="Please give a name"):
        services.change(session, chain, " ", "Metal: 72", "en")
    assert chain.name == {"en": "Steel"}
