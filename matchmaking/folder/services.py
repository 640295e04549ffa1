"""Edition folders: read and checked, brought into the database in one go, and written out again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ARRAY, String, any_, insert, literal, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from expo.clock import now
from expo.editions.models import Day, Edition, GroupMember, Rate
from expo.editions.services import RESERVED, edition_by_code
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation, Rivalry, Wish
from expo.forums.models import Availability, Forum, Room, Speaker, Talk, TalkSpeaker
from expo.languages import pick, search_text
from expo.money import to_major, to_minor
from expo.registration.models import Person, Star
from expo.spreadsheets import Unreadable
from expo.venue.models import Hall, Stand, Zone
from expo.words import say as _t
from matchmaking.catalogue.hs import kind_key
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.folder import archive, blanks
from matchmaking.folder.checks import check
from matchmaking.folder.columns import TABLES
from matchmaking.folder.names import search_name
from matchmaking.folder.parse import Parsed, Progress, Record, parse
from matchmaking.folder.problems import Problems
from matchmaking.folder.records import grouped, local, of_organisation, plain, records
from matchmaking.folder.settings_file import MAPS, Settings, is_code
from matchmaking.folder.writing import files_of

MOST_BYTES = 256 << 20
MOST_ROWS = 200_000
OF_ORGANISATION = ("name", "country", "size", "website", "email", "phone", "city")
_CHUNK = 2_000


# ---- reading ----


def read_files(
    files: Mapping[str, bytes], max_rows: int = MOST_ROWS, progress: Progress | None = None
) -> tuple[Parsed, Problems]:
    """Read and check the files of a folder (name → content); a ZIP archive among them is unpacked first."""
    problems = Problems()
    found: dict[str, bytes] = {}
    for name, data in files.items():
        if archive.is_archive(data):
            try:
                found |= archive.unpack(data)
            except Unreadable as fault:
                problems.add(name, 0, "", "", fault.sentence)
        else:
            found[name] = data
    if found or not problems:
        parsed = parse(found, problems, max_rows, progress)
        check(parsed, problems)
        return parsed, problems
    return Parsed(), problems


def read_folder(
    path: Path, max_rows: int = MOST_ROWS, progress: Progress | None = None
) -> tuple[Parsed, Problems]:
    """Read and check a folder or a ZIP archive on disk. Refused if there is none."""
    if not path.exists():
        raise Refused(_t("There is no folder %(path)s.", path=str(path)))
    members = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    try:
        too_big = next((p for p in members if p.stat().st_size > MOST_BYTES), None)
        if too_big:
            raise Refused(
                _t("The file %(name)s has more than %(mb)s MB.", name=too_big.name, mb=MOST_BYTES >> 20)
            )
        return read_files({member.name: member.read_bytes() for member in members}, max_rows, progress)
    except OSError as error:
        name = Path(error.filename or path).name
        raise Refused(
            _t("The file %(name)s cannot be read: %(error)s.", name=name, error=error.strerror)
        ) from None


# ---- into the database ----


def import_edition(
    session: Session, parsed: Parsed, *, code: str | None = None, progress: Progress | None = None
) -> Edition:
    """Store a parsed edition that had no problems, under its own code or another one.

    Organisations are known again by folded name and country; what is known of them already stays, blanks are
    filled. Refused if there is an edition of that code. The caller commits: until then nothing is there.
    """
    code = code or parsed.settings.code
    if not is_code(code):
        raise Refused(_t("A code is made of small letters, digits and single hyphens, like qingdao-2023."))
    if code in RESERVED:
        raise Refused(
            _t("An edition cannot be called %(code)s: pages of the site have that address.", code=code)
        )
    edition = _new_edition(session, parsed, code)
    _Import(session, parsed, edition, progress or (lambda name, count: None)).run()
    return edition


def _new_edition(session: Session, parsed: Parsed, code: str) -> Edition:
    taken = Refused(
        _t("There is an edition %(code)s already; import under another code, or delete that one.", code=code)
    )
    if edition_by_code(session, code):
        raise taken
    settings = parsed.settings
    plain = (
        "country",
        "timezone",
        "currency",
        "languages",
        "starts_on",
        "ends_on",
        "gross_m2",
        "seed",
        "is_public",
    )
    values = {key: getattr(settings, key) for key in (*plain, *MAPS, "prices", "meetings", "points_rule")}
    edition = Edition(code=code, **values)
    try:
        with session.begin_nested():
            session.add(edition)
    except IntegrityError:
        raise taken from None
    of = {"edition_id": edition.id}
    _bulk(session, Day, [of | day for day in settings.days])
    _bulk(session, Rate, [of | rate for rate in settings.rates])
    groups = [
        {"group_code": g["code"], **{k: g[k] for k in ("country", "since", "until")}}
        for g in settings.country_groups
    ]
    _bulk(session, GroupMember, [of | group for group in groups])
    return edition


def _bulk(session: Session, model: type[SQLModel], rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows in their order; their ids. Few statements, so that checks by statement stay cheap."""
    ids: list[int] = []
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    for start in range(0, len(rows), _CHUNK):
        ids += session.scalars(statement, rows[start : start + _CHUNK]).all()
    return ids


class _Import:
    """One import: the ids of what is already stored, by table and code."""

    def __init__(self, session: Session, parsed: Parsed, edition: Edition, progress: Progress):
        self.session, self.parsed, self.edition, self.progress = session, parsed, edition, progress
        self.ids: dict[str, dict[str, int]] = {}

    def run(self) -> None:
        """Store all tables, the referred ones first."""
        self.table("halls", Hall)
        self.table("zones", Zone)
        self.table(
            "stands",
            Stand,
            lambda r: {"hall_id": self.id("halls", r["hall"]), "zone_id": self.id("zones", r["zone"])},
        )
        self.exhibitors()
        self.table("products", Product, self.product)
        self.table("buyers", Buyer, self.organised("buyers"))
        self.needs()
        self.table("rooms", Room)
        self.table("forums", Forum)
        self.table("speakers", Speaker)
        self.talks()
        self.availability()
        self.people()

    def id(self, table: str, code: str) -> int | None:
        """The id of a row by its code; None for no code."""
        return self.ids[table][code] if code else None

    def table(self, name: str, model: type[SQLModel], more: Callable[[Record], dict] | None = None) -> None:
        """Store a table: columns that the model has go in as they are, `more` adds what has to be worked out."""
        keys = [column.key for column in TABLES[name].columns if column.key in model.model_fields]
        records = self.parsed.tables[name]
        rows = [
            {"edition_id": self.edition.id}
            | {key: record[key] for key in keys}
            | (more(record) if more else {})
            for record in records
        ]
        ids = _bulk(self.session, model, rows)
        self.ids[name] = {
            record.values.get("code") or str(n): i
            for n, (record, i) in enumerate(zip(records, ids, strict=True))
        }
        self.progress(name, len(rows))

    def links(self, model: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
        """Store rows that hang on others."""
        _bulk(self.session, model, list(rows))

    def organised(self, table: str) -> Callable[[Record], dict]:
        """Finds or makes the organisations of a table; returns what names them."""
        ids = _organisations(self.session, self.parsed.tables[table])
        return lambda record: {"organisation_id": ids[search_name(record["name"]), record["country"]]}

    def exhibitors(self) -> None:
        organised, at = self.organised("exhibitors"), now()

        def more(record: Record) -> dict:
            texts = search_text([record["name"], record["profile"]])
            return organised(record) | {
                "search_text": f"{texts} {record['code']} {record['sector']}".casefold(),
                "submitted_at": None if record["state"] == "draft" else at,
            }

        self.table("exhibitors", Exhibitor, more)
        ids, records = self.ids["exhibitors"], self.parsed.tables["exhibitors"]
        leads = [{"id": ids[r["code"]], "lead_id": ids[r["lead"]]} for r in records if r["lead"]]
        if leads:
            self.session.execute(update(Exhibitor), leads)
        self.links(Wish, (
            {"exhibitor_id": ids[r["code"]], "rank": rank, "kind": kind, "target": target}
            for r in records for rank, (kind, target) in enumerate(r["wishes"], start=1)
        ))  # fmt: skip
        pairs = (sorted((ids[r["code"]], ids[rival])) for r in records for rival in r["rivals"])
        self.links(Rivalry, ({"edition_id": self.edition.id, "one_id": a, "other_id": b} for a, b in pairs))

    def product(self, record: Record) -> dict:
        return {
            "exhibitor_id": self.id("exhibitors", record["exhibitor"]),
            "price_minor": to_minor(record["price"], record["currency"]),
            "kind_key": kind_key(record["hs"], record["origin"], pick(record["name"], "en")),
            "search_text": search_text([record["name"]]),
        }

    def needs(self) -> None:
        position: dict[str, int] = {}
        keys = [column.key for column in TABLES["needs"].columns if column.key in Need.model_fields]
        rows = []
        for record in self.parsed.tables["needs"]:
            buyer = record["buyer"]
            position[buyer] = position.get(buyer, 0) + 1
            rows.append({key: record[key] for key in keys} | {
                "buyer_id": self.id("buyers", buyer),
                "position": position[buyer],
                "max_price_minor": to_minor(record["max_price"], record["currency"]),
            })  # fmt: skip
        self.links(Need, rows)
        self.progress("needs", len(rows))

    def instant(self, local: datetime | None) -> datetime | None:
        """Local wall-clock time at the venue in UTC."""
        return local and local.replace(tzinfo=self.edition.zone_info).astimezone(UTC)

    def talks(self) -> None:
        self.table("talks", Talk, lambda r: {
            "forum_id": self.id("forums", r["forum"]),
            "guid": uuid5(NAMESPACE_URL, f"{self.edition.code}/{r['code']}"),  # the same after every import
            "fixed_start": self.instant(r["fixed_start"]),
        })  # fmt: skip
        self.links(TalkSpeaker, (
            {"talk_id": self.id("talks", r["code"]), "speaker_id": self.id("speakers", code), "role": role, "position": n}
            for r in self.parsed.tables["talks"] for n, (code, role) in enumerate(r["speakers"], start=1)
        ))  # fmt: skip

    def availability(self) -> None:
        rows = [
            {
                "edition_id": self.edition.id,
                "speaker_id": self.id("speakers", r["code"]) if r["kind"] == "speaker" else None,
                "room_id": self.id("rooms", r["code"]) if r["kind"] == "room" else None,
                "during": Range(self.instant(r["from"]), self.instant(r["until"]), bounds="[)"),
            }
            for r in self.parsed.tables["availability"]
        ]
        self.links(Availability, rows)
        self.progress("availability", len(rows))

    def people(self) -> None:
        self.table("people", Person, lambda r: {
            "exhibitor_id": self.id("exhibitors", r["exhibitor"]),
            "speaker_id": self.id("speakers", r["speaker"]),
        })  # fmt: skip
        self.links(Star, (
            {"person_id": self.id("people", r["code"]), "talk_id": self.id("talks", talk)}
            for r in self.parsed.tables["people"] for talk in r["stars"]
        ))  # fmt: skip


def _organisations(session: Session, records: Sequence[Record]) -> dict[tuple[str, str], int]:
    """Ids of the organisations by (folded name, country); those unknown so far are made."""
    wanted = {(search_name(r["name"]), r["country"]): r for r in records}
    rows = [
        {"search_name": name, **{key: r.values[key] for key in OF_ORGANISATION if key in r.values}}
        for (name, _), r in wanted.items()
    ]
    known = set(_known_organisations(session, wanted))
    fresh = [row for row in rows if (row["search_name"], row["country"]) not in known]
    for start in range(0, len(fresh), _CHUNK):  # somebody else may be making the same one at this moment
        session.execute(
            insert_or_skip(Organisation).on_conflict_do_nothing().values(fresh[start : start + _CHUNK])
        )
    found = _known_organisations(session, wanted)
    for key in known:
        _fill_blanks(found[key], wanted[key])
    session.flush()
    return {key: organisation.id for key, organisation in found.items()}


def _known_organisations(
    session: Session, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Organisation]:
    wanted = set(wanted)
    names = literal(sorted({name for name, _ in wanted}), ARRAY(String))
    found = session.exec(select(Organisation).where(Organisation.search_name == any_(names)))
    return {(o.search_name, o.country): o for o in found if (o.search_name, o.country) in wanted}


def _fill_blanks(organisation: Organisation, record: Record) -> None:
    name = dict(record["name"]) | organisation.name
    if name != organisation.name:
        organisation.name = name
    for key in ("website", "email", "phone", "city"):
        if not getattr(organisation, key) and record.values.get(key):
            setattr(organisation, key, record[key])


# ---- out of the database ----


def collect(session: Session, edition: Edition) -> Parsed:
    """The edition as records, equal to what importing its exported files would parse."""
    return Parsed(
        _settings_of(session, edition), {name: _Export(session, edition).records(name) for name in TABLES}
    )


def export_edition(session: Session, edition: Edition, folder: Path, form: str = "csv") -> list[Path]:
    """Write the edition into a folder, made if need be, as CSV files or one workbook. The files written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(folder, files_of(collect(session, edition), form))
    except OSError as error:
        raise Refused(
            _t("The folder %(path)s cannot be written: %(error)s.", path=str(folder), error=error.strerror)
        ) from None


def write_templates(folder: Path) -> list[Path]:
    """Write the empty templates, with explanations, into a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(folder, blanks.files())
    except OSError as error:
        raise Refused(
            _t("The folder %(path)s cannot be written: %(error)s.", path=str(folder), error=error.strerror)
        ) from None


def _write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    paths = []
    for name, content in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    return paths


def _settings_of(session: Session, edition: Edition) -> Settings:
    def of(model: type[SQLModel]) -> Sequence[Any]:
        return session.exec(select(model).where(model.edition_id == edition.id).order_by(model.id)).all()

    same = {key: getattr(edition, key) for key in Settings.__dataclass_fields__ if hasattr(edition, key)}
    days = [
        {key: getattr(day, key) for key in ("date", "programme_from", "programme_until", "breaks")}
        for day in of(Day)
    ]
    rates = [
        {key: getattr(rate, key) for key in ("currency", "on_date", "rate", "source")} for rate in of(Rate)
    ]
    groups = [
        {"code": m.group_code, "country": m.country, "since": m.since, "until": m.until}
        for m in of(GroupMember)
    ]
    return Settings(**same | {"days": days, "rates": rates, "country_groups": groups})


class _Export:
    """One export: rows in the order in which they came, codes in place of ids."""

    def __init__(self, session: Session, edition: Edition):
        self.session, self.edition = session, edition

    def records(self, table: str) -> list[Record]:
        """The records of a table."""
        return records(table, getattr(self, table)())

    def rows(self, model: type[SQLModel]) -> Sequence[Any]:
        """This edition's rows of a model in order."""
        query = select(model).where(model.edition_id == self.edition.id).order_by(model.id)
        return self.session.exec(query).all()

    def codes(self, model: type[SQLModel]) -> dict[int | None, str]:
        """The codes by id; no id has no code."""
        query = select(model.id, model.code).where(model.edition_id == self.edition.id)
        return {None: "", **dict(self.session.exec(query).all())}

    def linked(
        self, model: type[SQLModel], parent: type[SQLModel], *columns: Any, key: Any, order: Any
    ) -> dict:
        """Rows that hang on rows of this edition, grouped by what they hang on."""
        query = (
            select(key, *columns).join(parent, parent.id == key).where(parent.edition_id == self.edition.id)
        )
        return grouped((row[0], tuple(row[1:])) for row in self.session.exec(query.order_by(*order)).all())

    def halls(self):
        return (plain("halls", row) for row in self.rows(Hall))

    def zones(self):
        return (plain("zones", row) for row in self.rows(Zone))

    def stands(self):
        halls, zones = self.codes(Hall), self.codes(Zone)
        for row in self.rows(Stand):
            yield plain("stands", row) | {"hall": halls[row.hall_id], "zone": zones[row.zone_id]}

    def organised(self, table: str, model: type[SQLModel]):
        query = select(model, Organisation).join(Organisation, Organisation.id == model.organisation_id)
        found = self.session.exec(query.where(model.edition_id == self.edition.id).order_by(model.id))
        return [(row, of_organisation(table, row, organisation)) for row, organisation in found]

    def exhibitors(self):
        codes = self.codes(Exhibitor)
        wishes = self.linked(
            Wish,
            Exhibitor,
            Wish.kind,
            Wish.target,
            key=Wish.exhibitor_id,
            order=(Wish.exhibitor_id, Wish.rank),
        )
        rivals = self.linked(
            Rivalry, Exhibitor, Rivalry.other_id, key=Rivalry.one_id, order=(Rivalry.one_id, Rivalry.other_id)
        )
        for row, values in self.organised("exhibitors", Exhibitor):
            yield values | {
                "wishes": wishes.get(row.id, []),
                "rivals": [codes[other] for (other,) in rivals.get(row.id, [])],
                "lead": codes[row.lead_id],
            }

    def products(self):
        codes = self.codes(Exhibitor)
        for row in self.rows(Product):
            yield plain("products", row) | {
                "exhibitor": codes[row.exhibitor_id],
                "price": to_major(row.price_minor, row.currency),
            }

    def buyers(self):
        return (values for _, values in self.organised("buyers", Buyer))

    def needs(self):
        query = select(Need, Buyer.code).join(Buyer, Buyer.id == Need.buyer_id)
        for row, buyer in self.session.exec(
            query.where(Buyer.edition_id == self.edition.id).order_by(Need.id)
        ):
            yield plain("needs", row) | {
                "buyer": buyer,
                "max_price": to_major(row.max_price_minor, row.currency),
            }

    def rooms(self):
        return (plain("rooms", row) for row in self.rows(Room))

    def forums(self):
        return (plain("forums", row) for row in self.rows(Forum))

    def speakers(self):
        return (plain("speakers", row) for row in self.rows(Speaker))

    def talks(self):
        forums, speakers, zone = self.codes(Forum), self.codes(Speaker), self.edition.zone_info
        parts = self.linked(TalkSpeaker, Talk, TalkSpeaker.speaker_id, TalkSpeaker.role, key=TalkSpeaker.talk_id,
                            order=(TalkSpeaker.talk_id, TalkSpeaker.position))  # fmt: skip
        for row in self.rows(Talk):
            yield plain("talks", row) | {
                "forum": forums[row.forum_id],
                "fixed_start": local(row.fixed_start, zone),
                "speakers": [(speakers[speaker], role) for speaker, role in parts.get(row.id, [])],
            }

    def availability(self):
        speakers, rooms, zone = self.codes(Speaker), self.codes(Room), self.edition.zone_info
        for row in self.rows(Availability):
            yield {
                "kind": "room" if row.room_id else "speaker",
                "code": rooms[row.room_id] or speakers[row.speaker_id],
                "from": local(row.during.lower, zone),
                "until": local(row.during.upper, zone),
            }

    def people(self):
        exhibitors, speakers, talks = self.codes(Exhibitor), self.codes(Speaker), self.codes(Talk)
        stars = self.linked(Star, Person, Star.talk_id, key=Star.person_id, order=(Star.person_id, Star.id))
        for row in self.rows(Person):
            yield plain("people", row) | {
                "exhibitor": exhibitors[row.exhibitor_id],
                "speaker": speakers[row.speaker_id],
                "stars": [talks[talk] for (talk,) in stars.get(row.id, [])],
            }
