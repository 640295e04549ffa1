"""Versions of the published plan, taking it back, and letters: what holds, what is refused, who is told."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.allocation import queries, services
from expo.allocation.models import AllocationLetter, AllocationRun, Publication
from expo.allocation.services import telling
from expo.allocation.settings import Settings
from expo.errors import Refused
from tests.expo.allocation.rows import a_fair, a_firm
from tests.make import a_stand, a_zone

ROUNDS = 100


def solved(session, fair, **settings) -> AllocationRun:
    return services.solve(session, fair.edition, 1, ROUNDS, settings=Settings(**settings))


def versions(session, fair) -> list[tuple[int, str, dict]]:
    rows = session.exec(
        select(Publication).where(Publication.edition_id == fair.edition.id).order_by(Publication.number)
    )
    return [(row.number, row.kind, row.placements) for row in rows]


def test_what_is_published_and_taken_back_is_numbered_and_kept(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    run = solved(session, fair)
    services.publish(session, run)
    settled = a_firm(session, fair, "Y")
    services.give_stand(session, fair.stands["B-06"], settled)
    assert services.withdrawing(session, fair.edition).lost == 1
    services.withdraw(session, fair.edition, "The hall is closed.")
    assert queries.occupied(session, fair.edition) == {"Y": ["B-06"]}
    services.publish(session, run)
    assert versions(session, fair) == [
        (1, "published", {"X": ["A-01"]}),
        (2, "withdrawn", {"Y": ["B-06"]}),
        (3, "published", {"X": ["A-01"], "Y": ["B-06"]}),
    ]


def test_taking_back_needs_a_plan_and_a_reason(session):
    fair = a_fair(session)
    with pytest.raises(Refused, match="No plan is published"):
        services.withdraw(session, fair.edition, "Because.")
    a_firm(session, fair, "X")
    services.publish(session, solved(session, fair))
    with pytest.raises(Refused, match="Say why"):
        services.withdraw(session, fair.edition, "  ")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE allocation_publication SET placements = '{}'",
        "UPDATE allocation_run SET placements = '{}'",
        "UPDATE allocation_run SET seed = 7",
        "UPDATE allocation_input SET content = ''",
    ],
)
def test_the_database_keeps_what_was_answered_and_published(session, statement):
    fair = a_fair(session)
    a_firm(session, fair, "X")
    services.publish(session, solved(session, fair))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(statement))


def test_an_edition_with_versions_can_be_deleted_as_a_whole(session):
    fair = a_fair(session)
    a_firm(session, fair, "X")
    run = solved(session, fair)
    services.publish(session, run)
    services.withdraw(session, fair.edition, "Over.")
    number = fair.edition.id
    session.commit()
    session.execute(text("DELETE FROM allotment WHERE edition_id = :id"), {"id": number})
    session.execute(text("DELETE FROM edition WHERE id = :id"), {"id": number})
    assert session.execute(text("SELECT count(*) FROM allocation_publication")).scalar() == 0


def test_a_run_for_some_zones_leaves_the_others_and_is_refused_once_they_change(session):
    fair = a_fair(session)
    other = a_zone(session, fair.edition, code="NEW", name={"en": "New"})
    a_stand(session, fair.hall, other, code="N-1", x=6000, y=600, open_sides=1)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    services.publish(session, solved(session, fair))
    late = a_firm(session, fair, "L")
    run = solved(session, fair, zones=("NEW",))
    assert (run.placements, run.violations) == ({"X": ["A-01"], "L": ["N-1"]}, 0)
    services.give_stand(session, fair.stands["B-02"], late)
    with pytest.raises(Refused, match=r"given another place|places have changed|have changed \(L\)"):
        services.publish(session, run)


def test_fewest_changes_can_be_asked_against_another_run(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    first = solved(session, fair)
    again = solved(session, fair, keep=str(first.id), change_price=20_000)
    assert services.input_of(session, again).previous == {"X": ("A-01",)}
    with pytest.raises(Refused, match="Run 999999, which should be changed little, is gone"):
        solved(session, fair, keep="999999")


# ---- letters ----


def written(session, version) -> list[tuple[str, str, tuple, tuple]]:
    found = telling.affected(session, version)
    for each in found:
        telling.keep_letter(session, version, each, "en")
    return [(each.code, each.kind, each.former, each.stands) for each in found]


def test_letters_go_to_those_affected_and_once(session):
    fair = a_fair(session)
    x = a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    a_firm(session, fair, "Y", wishes=[("stand", "B-01")])
    first = services.publish(session, solved(session, fair))
    assert written(session, first) == [("X", "placed", (), ("A-01",)), ("Y", "placed", (), ("B-01",))]
    assert written(session, first) == []
    x.state = "withdrawn"
    a_firm(session, fair, "Z", wishes=[("stand", "A-06")])
    second = services.publish(session, solved(session, fair))
    with pytest.raises(Refused, match="Version 1 no longer holds"):
        telling.refuse_overtaken(session, first)
    assert written(session, second) == [
        ("X", "lost", ("A-01",), ()),
        ("Z", "placed", (), ("A-06",)),
    ]
    again = telling.affected(session, first)
    assert all(telling.keep_letter(session, first, each, "en") is None for each in again)
    assert len(session.exec(select(AllocationLetter)).all()) == 4


def test_who_is_back_where_the_last_letter_put_it_is_left_in_peace(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    run = solved(session, fair)
    written(session, services.publish(session, run))
    services.withdraw(session, fair.edition, "A mistake.")
    assert written(session, services.publish(session, run)) == []
