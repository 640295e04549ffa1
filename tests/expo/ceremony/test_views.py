"""The run sheet on its page and on paper."""

from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from expo.ceremony import services
from expo.ceremony.models import CeremonyGuest, CeremonyItem
from expo.forums.models import Slot, between
from tests.expo.forums.making import at
from tests.make import a_forum, a_room, a_talk, an_edition
from tests.signing import sign_in

ITEM = {"name-en": "Opening words", "name-ur": "افتتاحی کلمات", "kind": "speech", "minutes": "10",
        "turnover_min": "2", "stage-en": "Lectern", "cue-en": "Lights up"}  # fmt: skip


@pytest.fixture
def edition(session):
    edition = an_edition(session)
    forum = a_forum(session, edition, is_main=True, kind="ceremony")
    talk = a_talk(session, forum, code="OPEN01", kind="ceremony", minutes=20, title={"en": "Opening"})
    room = a_room(session, edition, name={"en": "Grand hall"})
    during = between(at(15, 9), at(15, 9, 20))
    session.add(Slot(edition_id=edition.id, talk_id=talk.id, room_id=room.id, during=during))
    session.commit()
    return edition


def test_items_are_added_moved_and_timed(client, session, edition):
    home = f"/{edition.code}/console/ceremonies"
    assert client.get(f"{home}/OPEN01").status_code == 302
    sign_in(client, session, role="organiser", edition=edition)
    assert "Nothing on the run sheet yet" in client.get(f"{home}/OPEN01").text
    for title in ("Opening words", "Signing"):
        answer = client.post(f"{home}/OPEN01/items", data=ITEM | {"name-en": title})
        assert answer.status_code == 302
    page = client.get(f"{home}/OPEN01").text
    assert page.index("Opening words") < page.index("Signing")
    assert "09:12" in page and "minutes too many" in page
    second = session.exec(select(CeremonyItem).order_by(CeremonyItem.id.desc())).first()
    move = f"{home}/OPEN01/items/{second.id}/move"
    assert client.post(move, data={"to": "0", "seen": "2"}).status_code == 302
    page = client.get(f"{home}/OPEN01").text
    assert page.index("Signing") < page.index("Opening words")
    client.post(move, data={"to": "1", "seen": "2"})
    assert "Somebody changed the order meanwhile" in client.get(f"{home}/OPEN01").text
    bad = client.post(f"{home}/OPEN01/items", data=ITEM | {"minutes": "0", "name-en": "Kept as typed"})
    assert bad.status_code == 200 and "Kept as typed" in bad.text


def test_guests_stand_by_their_rank_on_the_day(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    home = f"/{edition.code}/console/ceremonies"
    client.post(f"{home}/OPEN01/items", data=ITEM)
    item = session.exec(select(CeremonyItem)).one()
    for name, rank, since in (("Low", "9", "2020-01-01"), ("High", "2", "2020-01-01")):
        data = {
            "name-en": name,
            "rank": rank,
            "since": since,
            "title-en": f"Title of {name}",
            "country": "KZ",
        }
        assert client.post(f"{home}/guests", data=data).status_code == 302
        guest = session.exec(select(CeremonyGuest).order_by(CeremonyGuest.id.desc())).first()
        parts = f"{home}/OPEN01/items/{item.id}/parts"
        assert client.post(parts, data={"guest": guest.id, "role": "signs"}).status_code == 302
    low = session.exec(select(CeremonyGuest).order_by(CeremonyGuest.id)).first()
    later = {"name-en": "Low", "rank": "1", "since": "2023-07-04", "title-en": "Later"}
    client.post(f"{home}/guests/{low.id}", data=later)
    talk = services.ceremony_talk(session, edition, "OPEN01")
    rows = services.sheet_of(session, edition, talk).running.rows
    assert [(one.name["en"], one.rank) for one in rows[0].guests] == [("High", 2), ("Low", 9)]
    paper = client.get(f"{home}/OPEN01.pdf?lang=ur")
    with pikepdf.open(BytesIO(paper.data)) as document:
        assert document.Root.MarkInfo.Marked and str(document.Root.Lang) == "ur"


def test_a_part_leads_to_a_guest_of_the_same_edition(session, edition):
    talk = services.ceremony_talk(session, edition, "OPEN01")
    values = {"title": {"en": "X"}, "kind": "speech", "minutes": 5, "turnover_min": 0, "stage": {}, "cue": {}}
    item = services.add_item(session, edition, talk, values)
    stranger = CeremonyGuest(edition_id=an_edition(session).id, name={"en": "Stranger"})
    session.add(stranger)
    session.flush()
    with pytest.raises(DBAPIError, match="another edition"), session.begin_nested():
        session.execute(
            text("INSERT INTO ceremony_part (item_id, guest_id, role) VALUES (:i, :g, 'signs')"),
            {"i": item.id, "g": stranger.id},
        )
