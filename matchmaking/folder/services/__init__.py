"""Edition folders: read and checked, brought into the database in one go, and written out again."""

import errno
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import ARRAY, String, any_, literal, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.audit.services import note, quietly
from expo.clock import now
from expo.db import refresh_statistics
from expo.editions.models import Day, Edition, GroupMember, Rate
from expo.editions.services import RESERVED, edition_by_code
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.names import search_name
from expo.forums.models import ProgrammeSettings
from expo.spreadsheets import Unreadable
from expo.words import say as _t
from matchmaking.folder import archive, blanks
from matchmaking.folder.checks import check
from matchmaking.folder.columns import TABLES
from matchmaking.folder.parse import Parsed, Progress, Record, beside_the_point, parse
from matchmaking.folder.problems import Problems
from matchmaking.folder.queries import EVERY, KINDS, SETTINGS, collect
from matchmaking.folder.rows import Rows
from matchmaking.folder.services.bulk import bulk
from matchmaking.folder.services.dealing import bring_deals
from matchmaking.folder.services.goods import bring_goods
from matchmaking.folder.services.matching import bring_matching, bring_refusals
from matchmaking.folder.services.meeting import bring_meetings, bring_people
from matchmaking.folder.services.registering import bring_answers, bring_registration
from matchmaking.folder.services.staging import bring_call, bring_ceremonies
from matchmaking.folder.settings import Settings, is_code
from matchmaking.folder.writing import files_of

MOST_BYTES = 256 << 20
MOST_ROWS = 200_000
OF_ORGANISATION = ("name", "country", "size", "website", "email", "phone", "city")
_CHUNK = 5_000


def read_files(
    files: Mapping[str, bytes] | Sequence[tuple[str, bytes]],
    max_rows: int = MOST_ROWS,
    progress: Progress | None = None,
) -> tuple[Parsed, Problems]:
    """Read and check the files of a folder (name → content); a ZIP archive among them is unpacked first.

    Pairs instead of a mapping may hold a name twice, as uploads do; that is a problem: which one is meant?
    """
    problems = Problems()
    found: dict[str, bytes] = {}
    for name, data in files.items() if isinstance(files, Mapping) else files:
        try:
            is_packed = not name.lower().endswith(".xlsx") and archive.is_archive(data)
            for each, content in (archive.unpack(data) if is_packed else {name: data}).items():
                if each in found:
                    problems.add(each, 0, "", "", _t("This file is there twice."))
                found[each] = content
        except Unreadable as fault:
            problems.add(name, 0, "", "", fault.sentence)
    if problems and not found:
        return Parsed(), problems
    parsed = parse(found, problems, max_rows, progress)
    check(parsed, problems)
    return parsed, problems


def read_folder(
    path: Path, max_rows: int = MOST_ROWS, progress: Progress | None = None
) -> tuple[Parsed, Problems]:
    """Read and check a folder or a ZIP archive on disk. Refused if there is none."""
    try:
        if not path.exists():
            raise Refused(_t("There is no folder %(path)s.", path=str(path)))
        found = (p for p in path.iterdir() if p.suffix.lower() == ".zip" or not beside_the_point(p.name))
        members = sorted(found) if path.is_dir() else [path]
        for member in members:
            if not member.is_file():
                raise OSError(errno.EINVAL, "Not a regular file", str(member))
            if member.stat().st_size > MOST_BYTES:
                mb = MOST_BYTES >> 20
                raise Refused(_t("The file %(name)s has more than %(mb)s MB.", name=member.name, mb=mb))
        return read_files({member.name: member.read_bytes() for member in members}, max_rows, progress)
    except OSError as error:
        name = Path(error.filename or path).name
        raise Refused(
            _t("The file %(name)s cannot be read: %(error)s.", name=name, error=error.strerror)
        ) from None


def free_code(session: Session, parsed: Parsed, code: str | None = None) -> str:
    """The code to import under: the given one or the folder's own. Refused if no edition can have it."""
    code = code or parsed.settings.code
    if not is_code(code):
        raise Refused(_t("A code is made of small letters, digits and single hyphens, like qingdao-2023."))
    if code in RESERVED:
        raise Refused(_t("No edition can be called %(code)s: the site has pages there.", code=code))
    if edition_by_code(session, code):
        raise _taken(code)
    return code


def _taken(code: str) -> Refused:
    return Refused(_t("There is an edition %(code)s already; import under another code.", code=code))


def import_edition(
    session: Session, parsed: Parsed, *, code: str | None = None, progress: Progress | None = None
) -> Edition:
    """Store a parsed edition that had no problems, under its own code or another one.

    Organisations are known again by folded name and country; what is known of them already stays, blanks are
    filled. Refused if there is an edition of that code. The caller commits: until then nothing is there.
    """
    code = free_code(session, parsed, code)
    with quietly(session):
        edition = _new_edition(session, parsed.settings, code)
        _store(session, parsed, edition, progress)
    note(session, "imported", "edition", edition.id, parsed.counts(), edition.id)
    refresh_statistics(session, *(model.__tablename__ for model in EVERY.values()), "organisation")
    return edition


def _store(session: Session, parsed: Parsed, edition: Edition, progress: Progress | None) -> None:
    rows = Rows(parsed, edition.id, edition.code, now())
    organised = [*parsed.tables["exhibitors"], *parsed.tables["buyers"]]
    rows.organisations = _organisations(session, organised)
    bring_registration(session, edition, parsed, rows.ids)
    for name, model in KINDS.items():
        made = getattr(rows, name)(model.model_fields)
        rows.stored(name, bulk(session, model, made))
        if name == "exhibitors" and (leads := rows.leads()):
            session.execute(update(Exhibitor), leads)
        if progress and name in TABLES:
            progress(name, len(made))
    bring_answers(session, parsed, rows.ids)
    bring_call(session, edition, parsed)
    bring_ceremonies(session, edition, parsed, rows.ids)
    bring_goods(session, edition, parsed)
    bring_people(session, edition, parsed, rows.ids)
    bring_matching(session, edition, parsed, rows.ids)
    bring_meetings(session, edition, parsed, rows.ids)
    bring_refusals(session, edition, parsed, rows.ids)
    bring_deals(session, edition, parsed, rows.ids)
    if progress:
        progress("deals", len(parsed.tables["deals"]))


def _new_edition(session: Session, settings: Settings, code: str) -> Edition:
    zone = settings.zone_info
    opens, closes = (
        at and at.replace(tzinfo=zone) for at in (settings.applications_open, settings.applications_close)
    )
    edition = Edition(
        code=code,
        applications_open_at=opens,
        applications_close_at=closes,
        **{key: getattr(settings, key) for key in SETTINGS},
    )
    try:
        with session.begin_nested():
            session.add(edition)
    except IntegrityError:
        raise _taken(code) from None
    of = {"edition_id": edition.id}
    bulk(session, Day, [of | day for day in settings.days])
    if settings.programme:
        session.add(ProgrammeSettings(edition_id=edition.id, **settings.programme))
        session.flush()
    bulk(session, Rate, [of | rate for rate in settings.rates])
    groups = [of | {"group_code": group["code"]} | group for group in settings.country_groups]
    bulk(session, GroupMember, [{k: v for k, v in group.items() if k != "code"} for group in groups])
    return edition


def _organisations(session: Session, records: Sequence[Record]) -> dict[tuple[str, str], int]:
    """Ids of the organisations by (folded name, country); those unknown so far are made."""
    wanted: dict[tuple[str, str], Record] = {}
    for record in records:
        wanted.setdefault((search_name(record["name"]), record["country"]), record)
    found = _known_organisations(session, wanted)
    fresh = [
        {"search_name": key[0], **{k: record.values.get(k, "") for k in OF_ORGANISATION}}
        for key, record in wanted.items()
        if key not in found
    ]
    # Somebody else may be making the same ones at this moment: in one order, lest each wait for the other.
    fresh.sort(key=lambda row: (row["search_name"], row["country"]))
    for start in range(0, len(fresh), _CHUNK):
        chunk = fresh[start : start + _CHUNK]
        session.execute(insert_or_skip(Organisation).values(chunk).on_conflict_do_nothing())
    found = _known_organisations(session, wanted) if fresh else found
    for record in records:
        _fill_blanks(found[search_name(record["name"]), record["country"]], record)
    session.flush()
    return {key: found[key].id or 0 for key in wanted}


def _known_organisations(
    session: Session, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Organisation]:
    keys = set(wanted)
    names = literal(sorted({name for name, _ in keys}), ARRAY(String))
    found = session.exec(select(Organisation).where(Organisation.search_name == any_(names)))
    return {(o.search_name, o.country): o for o in found if (o.search_name, o.country) in keys}


def _fill_blanks(organisation: Organisation, record: Record) -> None:
    name = record["name"] | organisation.name
    if name != organisation.name:
        organisation.name = name
    for key in ("website", "email", "phone", "city"):
        if not getattr(organisation, key) and record.values.get(key):
            setattr(organisation, key, record[key])


def packed(session: Session, edition: Edition, form: str = "csv", *, private: bool = False) -> bytes:
    """The exported folder as a ZIP archive; with private tables it leaves a line in the trail.

    Refused where it would be larger than an archive that is taken in again.
    """
    files = _taken_away(session, edition, form, private=private)
    if sum(map(len, files.values())) > MOST_BYTES:
        raise Refused(
            _t(
                "The folder comes to more than %(mb)s MB, which is more than an archive may hold. Let it be"
                " written on the server: flask editions export.",
                mb=MOST_BYTES >> 20,
            )
        )
    return archive.pack(files, edition.code)


def _taken_away(session: Session, edition: Edition, form: str, *, private: bool) -> dict[str, bytes]:
    if private:
        told = {"files": form}
        note(session, "published", "meeting_request", "private refusals", told, edition.id)
    return files_of(collect(session, edition, private=private), form, private=private)


def export_edition(
    session: Session, edition: Edition, folder: Path, form: str = "csv", *, private: bool = False
) -> list[Path]:
    """Write the edition into a folder, made if need be, as CSV files or one workbook. The files written.

    With private tables it leaves a line in the trail.
    """
    return _write(folder, _taken_away(session, edition, form, private=private))


def write_templates(folder: Path) -> list[Path]:
    """Write the empty templates, with explanations, into a folder."""
    return _write(folder, blanks.files())


def _write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    paths = [folder / name for name in files]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)
    except OSError as error:
        raise Refused(
            _t("The folder %(path)s cannot be written: %(error)s.", path=str(folder), error=error.strerror)
        ) from None
    return paths
