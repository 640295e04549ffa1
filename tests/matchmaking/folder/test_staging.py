"""The call for talks and the run sheets of ceremonies go with an edition's folder; wrong ones are named."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from expo.call.models import CallForTalks
from expo.call.services import settings as call
from expo.ceremony import services as ceremony
from expo.ceremony.models import CeremonyItem
from expo.forums.models import Talk
from expo.spreadsheets import csv_bytes
from matchmaking.folder import queries, services
from matchmaking.folder.writing import files_of
from tests.make import a_forum, a_speaker, a_talk, an_edition
from tests.matchmaking.folder import small

OPENS, CLOSES = datetime(2023, 1, 2, 1, tzinfo=UTC), datetime(2023, 3, 1, 10, tzinfo=UTC)
CALL = {
    "opens_at": OPENS, "closes_at": CLOSES, "text": {"en": "Propose,\n\nplease", "ru": "Просим"},
    "forums": ["ENE", "GONE"], "kinds": ["talk", "panel"], "lengths": [20, 45], "languages": ["zh", "ru"],
    "is_anonymous": True, "reviews_wanted": 2, "most_speakers": 4,
}  # fmt: skip


def item(title: str, minutes: int = 5, **more) -> dict:
    return {"kind": "speech", "title": {"en": title}, "minutes": minutes, "turnover_min": 1, "stage": {},
            "cue": {}} | more  # fmt: skip


@pytest.fixture
def edition(session):
    """A call with own words, and a ceremony of three items of which the last was moved to the front."""
    edition = an_edition(session)
    forum = a_forum(session, edition, code="ENE", is_main=True)
    talk = a_talk(session, forum, code="OPEN01", kind="ceremony", minutes=60)
    speaker = a_speaker(session, edition, code="SP1")
    call.save_call(session, edition, CALL)
    call.save_letter(session, edition, "rejected", {"ur": "افسوس"}, {"en": "Dear {name};\n\nno."})
    anna, bek = (
        ceremony.save_guest(
            session, edition, None,
            {"name": {"en": name}, "organisation": "SCO", "country": "KZ", "rank": rank,
             "since": date(2022, 1, rank), "title": {"zh": "部长"}},
        )
        for name, rank in (("Anna", 1), ("Bek", 7))
    )  # fmt: skip
    bek.speaker_id = speaker.id
    speech = ceremony.add_item(session, edition, talk, item("Speech", stage={"en": "Lectern"}))
    ceremony.set_part(session, speech, anna, "speaks")
    signing = item("Signing", 20, kind="signing", turnover_min=0, cue={"ru": "Свет; музыка"})
    signs = ceremony.add_item(session, edition, talk, signing)
    for guest, role in ((bek, "signs"), (anna, "witnesses")):
        ceremony.set_part(session, signs, guest, role)
    film = ceremony.add_item(session, edition, talk, item("Film", kind="film"))
    ceremony.move_item(session, edition, talk, film, 0, 3)
    session.flush()
    return edition


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_call_and_run_sheet_come_out_as_they_went_in(session, edition, form):
    parsed, problems = services.read_files(files_of(queries.collect(session, edition), form))
    assert [str(one) for one in problems.listed] == []
    again = services.import_edition(session, parsed, code="again-2030")
    session.expire_all()
    assert queries.collect(session, again).values() == queries.collect(session, edition).values()
    kept = session.exec(select(CallForTalks).where(CallForTalks.edition_id == again.id)).one()
    assert {name: getattr(kept, name) for name in CALL} == CALL | {"forums": ["ENE"]}
    assert [(one.name["en"], one.weight) for one in call.criteria_of(session, again)] == [
        ("Substance", 3), ("Use for the audience", 2), ("Novelty", 1),
    ]  # fmt: skip
    talk = session.exec(select(Talk).where(Talk.edition_id == again.id)).one()
    rows = ceremony.sheet_of(session, again, talk).running.rows
    assert [
        (row.item.title["en"], [(one.name["en"], one.role, one.rank) for one in row.guests]) for row in rows
    ] == [
        ("Film", []),
        ("Speech", [("Anna", "speaks", 1)]),
        ("Signing", [("Anna", "witnesses", 1), ("Bek", "signs", 7)]),
    ]


def test_the_run_sheet_of_a_talk_that_is_no_ceremony_any_more_stays_behind(session, edition):
    session.exec(select(Talk)).one().kind = "talk"
    session.flush()
    parsed, problems = services.read_files(files_of(queries.collect(session, edition)))
    assert [str(one) for one in problems.listed] == []
    again = services.import_edition(session, parsed, code="again-2030")
    assert session.exec(select(CeremonyItem).where(CeremonyItem.edition_id == again.id)).all() == []


def table(heads: str, *rows: str) -> bytes:
    return csv_bytes([line.split("/") for line in (heads, *rows)])


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("call", table("opens/closes", "2023-02-01 09:00/2023-01-01 09:00"), (2, "closes")),
        ("call", table("opens/closes", "2023-02-01 09:00/"), (2, "closes")),
        ("call", table("forums/most_speakers", "/3", "/2"), (3, "")),
        ("call", table("forums", "NONE"), (2, "forums")),
        ("call", table("lengths", "20;4"), (2, "lengths")),
        ("call", table("kinds", "talk;song"), (2, "kinds")),
        ("call_criteria", table("name_en/weight", *(f"C{n}/1" for n in range(13))), (14, "name_en")),
        ("call_criteria", table("name_en/best", "C/11"), (2, "best")),
        ("call_letters", table("kind/subject_en", "accepted/x", "accepted/y"), (3, "kind")),
        ("ceremony_guests", table("number/name_en", "1/A", "3/B"), (3, "number")),
        ("ceremony_ranks", table("guest/since/rank", "9/2023-01-01/1"), (2, "guest")),
        ("run_sheets", table("talk/title_en", "ENER01/x"), (2, "talk")),
        ("run_sheets", table("talk/title_en/parts", "OPEN01/x/4:signs"), (2, "parts")),
        ("run_sheets", table("talk/title_en/parts", "OPEN01/x/1:sings"), (2, "parts")),
        ("run_sheets", table("talk/title_en/minutes", "OPEN01/x/0"), (2, "minutes")),
    ],
)
def test_what_the_database_would_refuse_is_named(name, content, wrong):
    _parsed, problems = services.read_files(small.files(**{name: content}))
    assert [(one.file, (one.row, one.column)) for one in problems.listed] == [(f"{name}.csv", wrong)]


def test_two_ranks_from_one_day_and_two_parts_in_one_item_are_named():
    guests = table("number/name_en", "1/A")
    ranks = table("guest/since/rank", "1/2023-01-01/1", "1/2023-01-01/2")
    sheet = table("talk/title_en/parts", "OPEN01/x/1:signs;1:hosts")
    files = small.files(ceremony_guests=guests, ceremony_ranks=ranks, run_sheets=sheet)
    _parsed, problems = services.read_files(files)
    assert [(one.file, one.row, one.column) for one in problems.listed] == [
        ("ceremony_ranks.csv", 3, "since"), ("run_sheets.csv", 2, "parts"),
    ]  # fmt: skip
