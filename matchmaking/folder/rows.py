"""Records of a folder as rows for the database; `records` is the way back."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from expo.exhibitors.names import search_name
from expo.languages import pick, search_text
from expo.money import to_minor
from matchmaking.catalogue.hs import kind_key
from matchmaking.folder.columns import TABLES
from matchmaking.folder.parse import Parsed, Record

Row = dict[str, Any]
Fields = Collection[str]


class Rows:
    """Makes the rows of one edition, a method for each kind; each is given the names of the fields to fill.

    Ids of rows already stored come in by `stored`, ids of organisations by (folded name, country).
    """

    def __init__(self, parsed: Parsed, edition_id: int, edition_code: str, at: datetime):
        self.tables, self.edition_id, self.edition_code, self.at = parsed.tables, edition_id, edition_code, at
        self.zone: ZoneInfo = parsed.settings.zone_info
        self.ids: dict[str, dict[str, int]] = {}
        self.organisations: Mapping[tuple[str, str], int] = {}

    def stored(self, table: str, ids: list[int]) -> None:
        """Remember the ids of a table's rows by their codes."""
        if table in TABLES and TABLES[table].code:
            codes = (record["code"] for record in self.tables[table])
            self.ids[table] = dict(zip(codes, ids, strict=True))
        elif table == "followers":
            self.ids[table] = dict(zip((record["code"] for record in self._starring()), ids, strict=True))

    def _id(self, table: str, code: str) -> int | None:
        return self.ids[table][code] if code else None

    def _plain(self, table: str, record: Record, fields: Fields, **more: Any) -> Row:
        row = {column.key: record[column.key] for column in TABLES[table].columns if column.key in fields}
        return {"edition_id": self.edition_id} | row | more if "edition_id" in fields else row | more

    def _all(self, table: str, fields: Fields) -> list[Row]:
        return [self._plain(table, record, fields) for record in self.tables[table]]

    def _organisation(self, record: Record) -> int:
        return self.organisations[search_name(record["name"]), record["country"]]

    def _instant(self, local: datetime | None) -> datetime | None:
        return local and local.replace(tzinfo=self.zone).astimezone(UTC)

    def halls(self, fields: Fields) -> list[Row]:
        return self._all("halls", fields)

    def zones(self, fields: Fields) -> list[Row]:
        return self._all("zones", fields)

    def stands(self, fields: Fields) -> list[Row]:
        halls, zones = self.ids["halls"], self.ids["zones"]
        return [
            self._plain("stands", r, fields, hall_id=halls[r["hall"]], zone_id=zones[r["zone"]])
            for r in self.tables["stands"]
        ]

    def zone_areas(self, fields: Fields) -> list[Row]:
        halls, zones = self.ids["halls"], self.ids["zones"]
        return [
            {
                "hall_id": halls[r["code"]],
                "zone_id": zones[area["zone"]],
                **{side: area[side] for side in ("x", "y", "width", "depth")},
            }
            for r in self.tables["halls"]
            for area in r["zone_areas"]
        ]

    def exhibitors(self, fields: Fields) -> list[Row]:
        return [
            self._plain(
                "exhibitors",
                r,
                fields,
                organisation_id=self._organisation(r),
                search_text=f"{search_text([r['name'], r['profile']])} {r['code']} {r['sector']}".casefold(),
                submitted_at=None if r["state"] == "draft" else self.at,
            )
            for r in self.tables["exhibitors"]
        ]

    def exhibitor_profiles(self, fields: Fields) -> list[Row]:
        return [
            self._plain("exhibitors", r, fields, exhibitor_id=self._id("exhibitors", r["code"]))
            for r in self.tables["exhibitors"]
        ]

    def leads(self) -> list[Row]:
        """Which exhibitor stands in whose pavilion; said once all have ids."""
        ids = self.ids["exhibitors"]
        found = ((r["code"], r["lead"]) for r in self.tables["exhibitors"] if r["lead"])
        return [{"id": ids[code], "lead_id": ids[lead]} for code, lead in found]

    def wishes(self, fields: Fields) -> list[Row]:
        return [
            {"exhibitor_id": self._id("exhibitors", r["code"]), "rank": rank, "kind": kind, "target": target}
            for r in self.tables["exhibitors"]
            for rank, (kind, target) in enumerate(r["wishes"], start=1)
        ]

    def rivalries(self, fields: Fields) -> list[Row]:
        ids = self.ids["exhibitors"]
        named = [
            (ids[r["code"]], ids[o], column == "rivals")
            for r in self.tables["exhibitors"]
            for column in ("rivals", "apart")
            for o in r[column]
        ]
        return [
            {
                "edition_id": self.edition_id,
                "one_id": min(owner, other),
                "other_id": max(owner, other),
                "named_by": owner if is_own else None,
            }
            for owner, other, is_own in named
        ]

    def partnerships(self, fields: Fields) -> list[Row]:
        ids = self.ids["exhibitors"]
        return [
            {
                "edition_id": self.edition_id,
                "asker_id": ids[r["code"]],
                "asked_id": ids[o],
                "words": o,
                "state": "accepted",
                "asked_at": self.at,
                "answered_at": self.at,
            }
            for r in self.tables["exhibitors"]
            for o in r["partners"]
        ]

    def products(self, fields: Fields) -> list[Row]:
        exhibitors = self.ids["exhibitors"]
        return [
            self._plain(
                "products",
                r,
                fields,
                exhibitor_id=exhibitors[r["exhibitor"]],
                price_minor=to_minor(r["price"], r["currency"]),
                kind_key=kind_key(r["hs"], r["origin"], pick(r["name"], "en")),
                search_text=search_text([r["name"]]),
            )
            for r in self.tables["products"]
        ]

    def buyers(self, fields: Fields) -> list[Row]:
        return [
            self._plain("buyers", r, fields, organisation_id=self._organisation(r))
            for r in self.tables["buyers"]
        ]

    def needs(self, fields: Fields) -> list[Row]:
        position: dict[str, int] = {}
        rows = []
        for r in self.tables["needs"]:
            buyer = r["buyer"]
            position[buyer] = position.get(buyer, 0) + 1
            more = {"buyer_id": self._id("buyers", buyer), "position": position[buyer]}
            for end in ("min", "max"):
                more[f"{end}_price_minor"] = to_minor(r[f"{end}_price"], r["currency"])
            rows.append(self._plain("needs", r, fields, **more))
        return rows

    def rooms(self, fields: Fields) -> list[Row]:
        return self._all("rooms", fields)

    def ways(self, fields: Fields) -> list[Row]:
        rows = (self._plain("ways", record, fields) for record in self.tables["ways"])
        return [
            row | {"one": min(row["one"], row["other"]), "other": max(row["one"], row["other"])}
            for row in rows
        ]

    def forums(self, fields: Fields) -> list[Row]:
        return self._all("forums", fields)

    def chairs(self, fields: Fields) -> list[Row]:
        forums, speakers = self.ids["forums"], self.ids["speakers"]
        return [
            {"forum_id": forums[r["code"]], "speaker_id": speakers[code], "position": position}
            for r in self.tables["forums"]
            for position, code in enumerate(r["chairs"], start=1)
        ]

    def speakers(self, fields: Fields) -> list[Row]:
        return self._all("speakers", fields)

    def talks(self, fields: Fields) -> list[Row]:
        return [
            self._plain(
                "talks",
                r,
                fields,
                forum_id=self._id("forums", r["forum"]),
                guid=uuid5(NAMESPACE_URL, f"{self.edition_code}/{r['code']}"),  # the same after every import
                fixed_start=self._instant(r["fixed_start"]),
            )
            for r in self.tables["talks"]
        ]

    def parts(self, fields: Fields) -> list[Row]:
        talks, speakers = self.ids["talks"], self.ids["speakers"]
        return [
            {"talk_id": talks[r["code"]], "speaker_id": speakers[code], "role": role, "position": position}
            for r in self.tables["talks"]
            for position, (code, role) in enumerate(r["speakers"], start=1)
        ]

    def availability(self, fields: Fields) -> list[Row]:
        return [
            {
                "edition_id": self.edition_id,
                "speaker_id": self._id("speakers", r["code"]) if r["kind"] == "speaker" else None,
                "room_id": self._id("rooms", r["code"]) if r["kind"] == "room" else None,
                "during": f"[{self._instant(r['from'])},{self._instant(r['until'])})",
            }
            for r in self.tables["availability"]
        ]

    def people(self, fields: Fields) -> list[Row]:
        return [
            self._plain(
                "people",
                r,
                fields,
                exhibitor_id=self._id("exhibitors", r["exhibitor"]),
                speaker_id=self._id("speakers", r["speaker"]),
                ticket_id=self._id("tickets", r["ticket"]),
                invitation_id=self._id("invitations", r["invitation"]),
                waiting_since=self.at if r["state"] == "waiting" else None,
            )
            for r in self.tables["people"]
        ]

    def followers(self, fields: Fields) -> list[Row]:
        people = self.ids["people"]
        return [
            {"edition_id": self.edition_id, "person_id": people[r["code"]], "language": r["language"]}
            for r in self._starring()
        ]

    def _starring(self) -> list[Record]:
        return [record for record in self.tables["people"] if record["stars"]]

    def stars(self, fields: Fields) -> list[Row]:
        followers, talks = self.ids["followers"], self.ids["talks"]
        return [
            {"follower_id": followers[r["code"]], "talk_id": talks[talk]}
            for r in self.tables["people"]
            for talk in r["stars"]
        ]
