"""Rows of the database as records of a folder: the inverse of `rows`, table by table."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from expo.money import to_major
from matchmaking.catalogue.models import ExhibitorProfile
from matchmaking.folder.record_makers import Values
from matchmaking.folder.registration_records import RegistrationRecords

NO_PROFILE = ExhibitorProfile(open_to_meetings=False).model_dump()
SIDES = ("x", "y", "width", "depth")


class Records(RegistrationRecords):
    """Makes all records of one edition, a method for each table that needs one."""

    def _halls(self) -> Iterator[Values]:
        zones, areas = self._codes("zones"), self._grouped("zone_areas", "hall_id", "id")
        for row in self.rows["halls"]:
            yield self._plain("halls", row) | {
                "zone_areas": [
                    {"zone": zones[area.zone_id]} | {side: getattr(area, side) for side in SIDES}
                    for area in areas[row.id]
                ]
            }

    def _stands(self) -> Iterator[Values]:
        halls, zones = self._codes("halls"), self._codes("zones")
        for row in self.rows["stands"]:
            yield self._plain("stands", row) | {"hall": halls[row.hall_id], "zone": zones[row.zone_id]}

    def _exhibitors(self) -> Iterator[Values]:
        codes = self._codes("exhibitors")
        wishes = self._grouped("wishes", "exhibitor_id", "rank")
        rivals, apart = self._kept_apart()
        partners = self._partners()
        profiles = {row.exhibitor_id: row for row in self.rows["exhibitor_profiles"]}
        for row in self.rows["exhibitors"]:
            profile = profiles.get(row.id)
            yield (
                (self._plain("exhibitors", profile) if profile else NO_PROFILE)
                | self._with_organisation("exhibitors", row)
                | {
                    "wishes": [(wish.kind, wish.target) for wish in wishes[row.id]],
                    "rivals": [codes[other] for other in rivals[row.id]],
                    "apart": [codes[other] for other in apart[row.id]],
                    "partners": [codes[other] for other in partners[row.id]],
                    "lead": codes[row.lead_id],
                }
            )

    def _kept_apart(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """Whom each exhibitor named as a rival, and (with the earlier of the two) whom the organiser did."""
        named: dict[int, list[int]] = defaultdict(list)
        apart: dict[int, list[int]] = defaultdict(list)
        for row in sorted(self.rows["rivalries"], key=lambda row: row.id):
            if row.other_id is None:
                continue
            if row.named_by is None:
                apart[row.one_id].append(row.other_id)
            else:
                named[row.named_by].append(row.other_id if row.named_by == row.one_id else row.one_id)
        for others in apart.values():
            others.sort()
        return named, apart

    def _partners(self) -> dict[int, list[int]]:
        """With whom each agreed, kept with the earlier of the two."""
        found: dict[int, list[int]] = defaultdict(list)
        for row in self.rows["partnerships"]:
            if row.state == "accepted":
                found[min(row.asker_id, row.asked_id)].append(max(row.asker_id, row.asked_id))
        for others in found.values():
            others.sort()
        return found

    def _products(self) -> Iterator[Values]:
        exhibitors = self._codes("exhibitors")
        for row in self.rows["products"]:
            price = to_major(row.price_minor, row.currency)
            yield self._plain("products", row) | {"exhibitor": exhibitors[row.exhibitor_id], "price": price}

    def _buyers(self) -> Iterator[Values]:
        return (self._with_organisation("buyers", row) for row in self.rows["buyers"])

    def _needs(self) -> Iterator[Values]:
        buyers = self._codes("buyers")
        for row in self._needs_in_order():
            band = (to_major(price, row.currency) for price in (row.min_price_minor, row.max_price_minor))
            yield self._plain("needs", row) | {
                "buyer": buyers[row.buyer_id], **dict(zip(("min_price", "max_price"), band, strict=True)),
            }  # fmt: skip

    def _forums(self) -> Iterator[Values]:
        speakers, chairs = self._codes("speakers"), self._grouped("chairs", "forum_id", "position")
        for row in self.rows["forums"]:
            leading = [speakers[chair.speaker_id] for chair in chairs[row.id]]
            yield self._plain("forums", row) | {"chairs": leading}

    def _talks(self) -> Iterator[Values]:
        forums, speakers = self._codes("forums"), self._codes("speakers")
        parts = self._grouped("parts", "talk_id", "position")
        for row in self.rows["talks"]:
            yield self._plain("talks", row) | {
                "forum": forums[row.forum_id],
                "fixed_start": self._local(row.fixed_start),
                "speakers": [(speakers[part.speaker_id], part.role) for part in parts[row.id]],
            }

    def _availability(self) -> Iterator[Values]:
        speakers, rooms = self._codes("speakers"), self._codes("rooms")
        for row in self.rows["availability"]:
            yield {
                "kind": "room" if row.room_id else "speaker",
                "code": rooms[row.room_id] or speakers[row.speaker_id],
                "from": self._local(row.during.lower),
                "until": self._local(row.during.upper),
            }

    def _call(self) -> Iterator[Values]:
        forums = {row.code for row in self.rows["forums"]}
        for row in self.rows["call"]:
            yield self._plain("call", row) | {
                "opens_at": self._local(row.opens_at),
                "closes_at": self._local(row.closes_at),
                "forums": [code for code in row.forums if code in forums],
            }

    def _call_criteria(self) -> Iterator[Values]:
        for row in sorted(self.rows["call_criteria"], key=lambda row: row.position):
            yield self._plain("call_criteria", row)

    def _guest_numbers(self) -> dict[int, int]:
        return {row.id: number for number, row in enumerate(self.rows["ceremony_guests"], start=1)}

    def _ceremony_guests(self) -> Iterator[Values]:
        numbers, speakers = self._guest_numbers(), self._codes("speakers")
        for row in self.rows["ceremony_guests"]:
            more = {"number": numbers[row.id], "speaker": speakers[row.speaker_id]}
            yield self._plain("ceremony_guests", row) | more

    def _ceremony_ranks(self) -> Iterator[Values]:
        numbers = self._guest_numbers()
        for row in self.rows["ceremony_ranks"]:
            yield self._plain("ceremony_ranks", row) | {"guest": numbers[row.guest_id]}

    def _run_sheets(self) -> Iterator[Values]:
        numbers = self._guest_numbers()
        talks = {row.id: row.code for row in self.rows["talks"] if row.kind == "ceremony"}
        items = self._grouped("run_sheets", "ceremony_id", "position")
        parts = self._grouped("ceremony_parts", "item_id", "id")
        for sheet in self.rows["ceremonies"]:
            if sheet.talk_id not in talks:
                continue  # it is no ceremony any more, and its run sheet is not shown
            for row in items[sheet.id]:
                yield self._plain("run_sheets", row) | {
                    "talk": talks[sheet.talk_id],
                    "parts": [(numbers[part.guest_id], part.role) for part in parts[row.id]],
                }

    def _deals(self) -> Iterator[Values]:
        codes = {table: self._codes(table) for table in ("exhibitors", "buyers", "forums")}
        numbers, meetings = self._deal_numbers(), self._numbers("meetings")
        projects = {row.deal_id: row for row in self.rows["deal_projects"]}
        for row in self.rows["deals"]:
            yield (
                self._plain("deals", row)
                | _project(projects.get(row.id))
                | {
                    "seller": codes["exhibitors"][row.seller_id],
                    "buyer": codes["buyers"][row.buyer_id],
                    "forum": codes["forums"][row.forum_id],
                    "meeting": meetings[row.meeting_id],
                    "total": to_major(row.total_minor, row.currency),
                    "called_from": numbers[row.framework_id],
                }
            )

    def _by_deal(self, kind: str) -> Iterator[tuple[Any, Any]]:
        """(deal, row) in the order of the deals and of the rows within each."""
        rows = self._grouped(kind, "deal_id", "position")
        return ((deal, row) for deal in self.rows["deals"] for row in rows[deal.id])

    def _deal_lines(self) -> Iterator[Values]:
        products = self._codes("products")
        for deal, row in self._by_deal("deal_lines"):
            yield self._plain("deal_lines", row) | {
                "deal": deal.number,
                "product": products[row.product_id],
                "price": to_major(row.unit_price_minor, deal.currency),
            }

    def _deal_parties(self) -> Iterator[Values]:
        exhibitors = {row.organisation_id: row.code for row in self.rows["exhibitors"]}
        buyers = {row.organisation_id: row.code for row in self.rows["buyers"]}
        buying = {row.id: row.organisation_id for row in self.rows["buyers"]}
        for deal, row in self._by_deal("deal_parties"):
            firm = row.organisation_id
            stands = "" if buying.get(deal.buyer_id) == firm else exhibitors.get(firm, "")
            buys = "" if stands else buyers.get(firm, "")
            if stands or buys:
                yield self._plain("deal_parties", row) | {
                    "deal": deal.number, "exhibitor": stands, "buyer": buys,
                }  # fmt: skip

    def _deal_history(self) -> Iterator[Values]:
        numbers = {None: 0, **{row.id: row.number for row in self.rows["deals"]}}
        for row in sorted(self.rows["deal_history"], key=lambda row: row.sequence):
            yield {
                "sequence": row.sequence, "scheme": row.scheme, "deal": numbers[row.deal_id],
                "kind": row.kind, "at": row.at, "user": row.user_id or 0, "content": row.payload,
                "seal": row.hash,
            }  # fmt: skip


def _project(row: Any) -> Values:
    """The columns of a deal's project, empty where it has none."""
    words = dict.fromkeys(("form", "country", "place", "sector"), "")
    names = words | {"summary": {}, "jobs": 0, "starts_on": None, "ends_on": None}
    return {f"project_{name}": getattr(row, name) if row else empty for name, empty in names.items()}
