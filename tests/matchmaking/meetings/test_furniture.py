"""The pages of tables, people and versions."""

import pytest
from sqlmodel import select

from expo.exhibitors.models import Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings import queries, services
from matchmaking.meetings.models import Delegate, MeetingTable
from matchmaking.meetings.services.gathering import market_of
from tests.matchmaking.meetings.making import a_market
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(client, session):
    """A solved market whose organiser is at the browser."""
    edition = a_market(session)
    services.solve(session, edition, rounds=500)
    sign_in(client, session, role="organiser", edition=edition)
    return edition


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("page", ["furniture", "versions", "versions/1", "runs/beside"])
def test_pages_are_well_made(client, edition, page, language):
    answer = client.get(f"/{edition.code}/console/meetings/{page}?lang={language}")
    assert (answer.status_code, problems(answer.text)) == (200, [])


def test_many_tables_are_put_up_changed_and_closed_at_once(client, session, edition):
    address = f"/{edition.code}/console/meetings/furniture"
    values = {"numbers": "2-5", "seats": "3", "times": "close", "slot": ["1", "2"]}
    assert client.post(address, data=values).status_code == 302
    rows = session.exec(
        select(MeetingTable).where(MeetingTable.edition_id == edition.id).order_by(MeetingTable.number)
    ).all()
    assert [(one.number, one.seats, one.closed) for one in rows] == [(1, 1, [])] + [
        (number, 3, [1, 2]) for number in (2, 3, 4, 5)
    ]
    shown = client.get(address)
    assert problems(shown.text) == []
    assert "cannot take place as" in shown.text
    client.post(address, data={"numbers": "3", "times": "open", "every": "1"})
    session.expire_all()
    assert [one.closed for one in rows] == [[], [1, 2], [], [1, 2], [1, 2]]


def test_a_table_gets_an_owner_of_its_own(client, session, edition):
    address = f"/{edition.code}/console/meetings/furniture"
    party = queries.meetings(session, edition)[0].exhibitor
    assert client.post(address, data={"numbers": "9", "owner": party.code, "exclusive": "yes"}).location
    table = session.exec(select(MeetingTable).where(MeetingTable.number == 9)).one()
    assert (table.exhibitor_id, table.exclusive) == (party.id, True)
    again = client.post(address, data={"numbers": "10", "owner": party.code})
    assert (again.status_code, problems(again.text)) == (409, [])
    assert "This exhibitor has a table of its own already." in again.text
    client.post(address, data={"numbers": "9", "owner": "-"})
    session.expire_all()
    assert (table.exhibitor_id, table.exclusive) == (None, False)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"numbers": "x"}, "Name the tables by their numbers"),
        ({"numbers": "1", "seats": "0"}, "A table has from 1 to 100 seats"),
        ({"numbers": "1", "seats": "x"}, "A table has from 1 to 100 seats"),
        ({"numbers": "1", "owner": "NOBODY"}, "There is no buyer or exhibitor of the code"),
        ({"numbers": "1", "exclusive": "yes"}, "belongs to nobody"),
        ({"numbers": "1", "times": "close", "slot": "99"}, "There is no slot"),
    ],
)
def test_what_tables_cannot_be_is_refused_and_stays_typed(client, edition, values, sentence):
    answer = client.post(f"/{edition.code}/console/meetings/furniture", data=values)
    assert (answer.status_code, problems(answer.text)) == (409, [])
    assert sentence in answer.text
    assert f'value="{values["numbers"]}"' in answer.text


def test_an_organiser_names_the_people_of_a_party(client, session, edition):
    party = queries.meetings(session, edition)[0].buyer
    address = f"/{edition.code}/console/meetings/buyers/{party.code}/people"
    values = {"name": "Ada", "email": "Ada@example.org", "languages": ["en"], "unavailable": ["4"]}
    assert client.post(address, data=values).status_code == 302
    one = session.exec(select(Delegate).where(Delegate.buyer_id == party.id)).one()
    assert (one.name, one.languages, one.unavailable) == ("Ada", ["en"], [4])
    shown = client.get(f"{address}?person={one.id}")
    assert (shown.status_code, problems(shown.text)) == (200, [])
    kept = client.post(f"{address}?person={one.id}", data={"act": "drop"})
    assert (kept.status_code, problems(kept.text)) == (409, [])
    assert "This person still has meetings" in kept.text
    wrong = client.post(address, data={"name": "", "email": "x", "unavailable": "99"})
    assert (wrong.status_code, problems(wrong.text)) == (200, [])
    assert client.get(f"{address}?person=999999999").status_code == 404


def test_a_buyer_names_its_own_people_and_nobody_elses(client, session):
    edition = a_market(session)
    mine, other = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).all()[:2]
    sign_in(
        client,
        session,
        role="buyer",
        edition=edition,
        organisation=session.get(Organisation, mine.organisation_id),
    )
    address = f"/{edition.code}/agenda/people"
    assert problems(client.get(address).text) == []
    assert client.post(address, data={"name": "Ada"}).status_code == 302
    theirs = services.keep_delegate(
        session, edition, Delegate(edition_id=edition.id, buyer_id=other.id, name="Bo")
    )
    session.commit()
    codes = [
        client.get(f"{address}?as={other.code}").status_code,
        client.get(f"{address}?person={theirs.id}").status_code,
        client.post(f"{address}?person={theirs.id}", data={"act": "drop"}).status_code,
        client.get(f"/{edition.code}/console/meetings/buyers/{mine.code}/people").status_code,
    ]
    assert codes == [404, 404, 404, 403]


def test_a_version_says_what_it_changed(client, session, edition):
    row = queries.meetings(session, edition)[0]
    address = f"/{edition.code}/console/meetings/{row.number}"
    client.post(address, data={"act": "cancel", "sequence": "0"})
    shown = client.get(f"/{edition.code}/console/meetings/versions/2")
    assert (shown.status_code, problems(shown.text)) == (200, [])
    assert row.buyer.code in shown.text
    assert "Called off" in shown.text
    missing = [client.get(f"/{edition.code}/console/meetings/versions/{n}").status_code for n in (99, 10**12)]
    assert missing == [404, 404]


def test_tables_are_counted_and_not_meetings_where_several_sit_at_one(client, session):
    edition = a_market(session, tables=2)
    services.furnish(session, edition)
    services.change_tables(session, edition, [1, 9], services.TableChange(seats=3))
    market = market_of(session, edition).ask
    for buyer, seller in zip(market.buyers[:3], market.exhibitors[:3], strict=True):
        services.add(session, edition, buyer.id, seller.id, services.Spot(1, 1))
    sign_in(client, session, role="organiser", edition=edition)
    page = client.get(f"/{edition.code}/console/meetings/tables?slot=1").text
    assert "1 of 3 tables are taken" in page
