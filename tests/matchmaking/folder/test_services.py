"""An edition goes in and comes out the same, or not at all."""

import pytest
from sqlmodel import func, select

from expo.audit.models import AuditEntry
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation, Partnership, Rivalry
from expo.forums.models import Talk
from expo.venue.models import Stand
from matchmaking.folder import queries, services
from matchmaking.folder.archive import pack
from matchmaking.folder.writing import files_of
from tests.matchmaking.folder import small


def read(files):
    parsed, problems = services.read_files(files)
    assert [str(problem) for problem in problems.listed] == []
    return parsed


def imported(session, files, **more):
    parsed = read(files)
    edition = services.import_edition(session, parsed, **more)
    session.expire_all()
    return parsed, edition


def test_what_goes_in_comes_out_equal(session):
    parsed, edition = imported(session, small.files())
    out = queries.collect(session, edition)
    assert out.settings == parsed.settings
    assert out.values() == parsed.values()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_folder_imports_as_the_same_edition(session, tmp_path, form):
    parsed, edition = imported(session, small.files())
    services.export_edition(session, edition, tmp_path / "new" / "folder", form)
    again, problems = services.read_folder(tmp_path / "new" / "folder")
    assert [str(problem) for problem in problems.listed] == []
    assert (again.settings, again.values()) == (parsed.settings, parsed.values())


def test_a_canonical_folder_comes_back_byte_for_byte(session):
    canonical = files_of(read(small.files()))
    _, edition = imported(session, canonical)
    assert files_of(queries.collect(session, edition)) == canonical


def test_a_packed_folder_is_read_as_the_folder(session, tmp_path):
    path = tmp_path / "edition.zip"
    path.write_bytes(pack(small.files(), "my expo"))
    assert services.read_folder(path)[0].values() == read(small.files()).values()


def test_rows_of_the_database_hold_what_the_files_say(session):
    _, edition = imported(session, small.files())
    stand = session.exec(select(Stand).where(Stand.code == "A-04")).one()
    assert (stand.x, stand.width, stand.open_sides, stand.area_cm2) == (1200, 300, 5, 90_000)
    talk = session.exec(select(Talk).where(Talk.code == "OPEN01")).one()
    assert talk.fixed_start.isoformat() == "2023-06-15T01:00:00+00:00"
    member = session.exec(select(Exhibitor).where(Exhibitor.code == "EX3")).one()
    lead = session.exec(select(Exhibitor).where(Exhibitor.code == "EX2")).one()
    assert member.lead_id == lead.id
    codes = {one.id: one.code for one in session.exec(select(Exhibitor)).all()} | {None: "organiser"}
    rivals = session.exec(select(Rivalry).where(Rivalry.edition_id == edition.id)).all()
    assert sorted((codes[row.one_id], codes[row.other_id], codes[row.named_by]) for row in rivals) == [
        ("EX1", "EX2", "EX2"), ("EX1", "EX2", "organiser"), ("EX1", "EX3", "EX1")]  # fmt: skip
    partners = session.exec(select(Partnership).where(Partnership.edition_id == edition.id)).all()
    assert [(codes[row.asker_id], codes[row.asked_id], row.state) for row in partners] == [
        ("EX1", "EX2", "accepted")]  # fmt: skip


def test_when_applications_are_taken_comes_in_and_goes_out(session):
    files = small.files()
    more = b'applications_open = "2022-09-01 09:00"\nseed_note = "A draw"\n'
    more += b'applications_close = "2023-03-01 18:00"\n'
    files["edition.toml"] = files["edition.toml"].replace(b"seed = ", more + b"seed = ", 1)
    parsed, edition = imported(session, files)
    assert edition.applications_open_at.isoformat() == "2022-09-01T01:00:00+00:00"
    assert (edition.seed_note, queries.collect(session, edition).settings) == ("A draw", parsed.settings)


def test_a_talk_keeps_its_identity_when_its_edition_is_imported_anew(session):
    guids = []
    for _ in range(2):
        with session.begin_nested() as once:
            imported(session, small.files())
            guids.append(session.exec(select(Talk.guid).where(Talk.code == "OPEN01")).one())
            once.rollback()
    assert guids[0] == guids[1]


def test_a_code_is_given_once_but_another_may_be_chosen(session):
    imported(session, small.files())
    with pytest.raises(Refused, match="There is an edition small-2023 already"):
        services.import_edition(session, read(small.files()))
    assert imported(session, small.files(), code="small-again")[1].code == "small-again"


@pytest.mark.parametrize("code", ["Small", "a--b", "../etc", "static", "editions"])
def test_a_code_that_no_address_can_hold_is_refused(session, code):
    with pytest.raises(Refused):
        services.import_edition(session, read(small.files()), code=code)


def test_an_organisation_is_known_again_and_only_its_blanks_are_filled(session):
    known = Organisation(name={"en": "Alatau HONEY"}, search_name="alatau honey", country="KZ", city="Astana")
    session.add(known)
    session.flush()
    imported(session, small.files())
    session.refresh(known)
    assert known.name == {"en": "Alatau HONEY", "ru": "Алатау Мёд"}
    assert (known.city, known.email) == ("Astana", "a@example.com")
    assert session.scalar(select(func.count()).where(Organisation.search_name == "alatau honey")) == 1


def test_an_organisation_may_both_sell_and_buy(session):
    buyer = small.changed("buyers", 0, name_en="Alatau Honey", country="KZ")
    imported(session, small.files(**buyer))
    assert session.scalar(select(func.count()).where(Organisation.search_name == "alatau honey")) == 1


def test_an_import_is_told_once_in_the_trail(session):
    _, edition = imported(session, small.files())
    entries = session.exec(select(AuditEntry).where(AuditEntry.edition_id == edition.id)).all()
    assert [(entry.action, entry.subject) for entry in entries] == [("imported", "edition")]


def test_an_import_that_fails_leaves_nothing(session):
    parsed = read(small.files())
    parsed.tables["stands"][0].values["hall"] = "nowhere"  # past every check, as no file could be
    with pytest.raises(KeyError), session.begin_nested():
        services.import_edition(session, parsed)
    assert session.scalar(select(func.count()).where(Edition.code == "small-2023")) == 0


def test_the_counts_are_those_of_the_files(session):
    parsed, edition = imported(session, small.files())
    assert queries.counts(session, edition) == parsed.counts()


def test_an_edition_of_another_code_does_not_mix_in(session):
    parsed, edition = imported(session, small.files())
    imported(session, small.files(), code="other")
    assert queries.collect(session, edition).values() == parsed.values()


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="There is no folder"):
        services.read_folder(tmp_path / "nothing")
