"""Lists of whom to meet: stored, kept fresh, without anybody who does not take part."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from matchmaking.catalogue.models import Buyer, ExhibitorProfile
from matchmaking.recommendations.queries import scores_of
from tests.make import a_buyer, a_need, a_product, an_edition, an_exhibitor


@pytest.fixture
def edition(session):
    """One who wants honey, two who have it, one who has cars."""
    edition = an_edition(session)
    a_need(session, a_buyer(session, edition, code="B1"), hs="040900")
    for code, hs in (("S1", "040900"), ("S2", "040900"), ("S3", "870323")):
        a_product(session, an_exhibitor(session, edition, code=code), hs=hs)
    return edition


def pairs(session, edition) -> list[tuple[str, str]]:
    rows = session.execute(
        text("SELECT exhibitor.id, exhibitor.code FROM exhibitor WHERE edition_id = :e"), {"e": edition.id}
    )
    codes = dict(map(tuple, rows))
    return sorted(codes[one.exhibitor_id] for one in scores_of(session, edition))


def test_whoever_has_what_is_wanted_is_recommended(session, edition):
    assert pairs(session, edition) == ["S1", "S2"]


def test_whoever_closes_is_recommended_no_more(session, edition):
    pairs(session, edition)
    profile = session.exec(select(ExhibitorProfile).where(ExhibitorProfile.edition_id == edition.id)).first()
    profile.open_to_meetings = False
    session.flush()
    assert pairs(session, edition) == ["S2"]


def test_a_buyer_who_closes_gets_nothing(session, edition):
    session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).one().open_to_meetings = False
    session.flush()
    assert pairs(session, edition) == []


def test_what_changes_past_every_service_counts_too(session, edition):
    pairs(session, edition)
    session.execute(text("UPDATE product SET hs = '040900' WHERE hs = '870323'"))
    assert pairs(session, edition) == ["S1", "S2", "S3"]


def test_the_database_refuses_to_recommend_somebody_to_themselves(session, edition):
    pairs(session, edition)
    with pytest.raises(DBAPIError, match="recommendation_is_sound"):
        session.execute(
            text("""INSERT INTO recommendation (edition_id, buyer_id, exhibitor_id, score, buyer_score,
                        exhibitor_score, need_id, product_id, likeness, buyer_value)
                    SELECT edition_id, buyer_id, exhibitor_id, 1, 1, 1, need_id,
                           (SELECT max(id) FROM product), 0, 1 FROM recommendation LIMIT 1
                    ON CONFLICT (buyer_id, exhibitor_id) DO UPDATE SET product_id = excluded.product_id""")
        )
