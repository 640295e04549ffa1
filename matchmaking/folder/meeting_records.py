"""Rows of meetings as records of a folder: people, tables, meetings, what came of them, versions."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from expo.money import to_major
from matchmaking.folder.meeting_columns import CHANGES
from matchmaking.folder.record_makers import Values
from matchmaking.folder.till_records import TillRecords


class MeetingRecords(TillRecords):
    """Makes the records of meetings."""

    def _numbers(self, kind: str) -> dict[int | None, Any]:
        """Row → its number in the folder: from 1, in the order in which they came."""
        return {None: None, **{row.id: number for number, row in enumerate(self.rows[kind], start=1)}}

    def _of_party(self, kind: str) -> Iterator[Values]:
        """Rows of a buyer, an exhibitor, both or nobody."""
        buyers, exhibitors = self._codes("buyers"), self._codes("exhibitors")
        for row in self.rows[kind]:
            owner = {"buyer": buyers[row.buyer_id], "exhibitor": exhibitors[row.exhibitor_id]}
            yield self._plain(kind, row) | owner

    def _delegates(self) -> Iterator[Values]:
        found = enumerate(self._of_party("delegates"), start=1)
        return (values | {"number": number} for number, values in found)

    def _interpreters(self) -> Iterator[Values]:
        found = enumerate(self._all("interpreters"), start=1)
        return (values | {"number": number} for number, values in found)

    def _meeting_tables(self) -> Iterator[Values]:
        yield from sorted(self._of_party("meeting_tables"), key=lambda row: row["number"])

    def _needs_in_order(self) -> list[Any]:
        """Buyer after buyer, the most important first."""
        return sorted(self.rows["needs"], key=lambda row: (row.buyer_id, row.position))

    def _places_of_needs(self) -> dict[tuple[int, int], int]:
        """(buyer, position) → which of the buyer's needs it is, from 1 on; deleted ones leave no gap."""
        places: dict[tuple[int, int], int] = {}
        for _buyer, rows in groupby(self._needs_in_order(), key=lambda row: row.buyer_id):
            places |= {(row.buyer_id, row.position): place for place, row in enumerate(rows, start=1)}
        return places

    def _meetings(self) -> Iterator[Values]:
        people, interpreters = self._numbers("delegates"), self._numbers("interpreters")
        duties = {row.meeting_id: row.interpreter_id for row in self.rows["duties"]}
        numbers, needs = self._numbers("meetings"), self._places_of_needs()
        for row, values in zip(self.rows["meetings"], self._of_party("meetings"), strict=True):
            yield values | {
                "number": numbers[row.id],
                "buyer_person": people[row.buyer_delegate_id],
                "exhibitor_person": people[row.exhibitor_delegate_id],
                "need_position": needs.get((row.buyer_id, row.need_position), 0),
                "interpreter": interpreters[duties.get(row.id)],
                "starts_at": self._local(row.starts_at),
                "ends_at": self._local(row.ends_at),
            }

    def _of_meeting(self, kind: str) -> Iterator[tuple[Any, Values]]:
        numbers = self._numbers("meetings")
        for row in self.rows[kind]:
            yield row, self._plain(kind, row) | {"meeting": numbers[row.meeting_id]}

    def _meeting_attendance(self) -> Iterator[Values]:
        off = {row.id for row in self.rows["meetings"] if row.state == "cancelled"}
        for row, values in self._of_meeting("meeting_attendance"):
            if row.meeting_id not in off:  # who came to a meeting that was then called off came to none
                yield values

    def _meeting_no_shows(self) -> Iterator[Values]:
        return (values for _row, values in self._of_meeting("meeting_no_shows"))

    def _meeting_feedback(self) -> Iterator[Values]:
        for row, values in self._of_meeting("meeting_feedback"):
            sum_ = None if row.expected_minor is None else to_major(row.expected_minor, row.currency)
            yield values | {"expected": sum_, "author": self._author(row)}

    def _author(self, row: Any) -> str:
        """The address of whoever wrote it: the account's, or the one that it came with."""
        return self.addresses.get(row.user_id, row.author)

    def _agenda_versions(self) -> Iterator[Values]:
        for row in sorted(self.rows["agenda_versions"], key=lambda row: row.number):
            counts = {name: row.changes.get(name) for name in CHANGES}
            yield self._plain("agenda_versions", row) | counts

    def _agenda_changes(self) -> Iterator[Values]:
        buyers, exhibitors = self._codes("buyers"), self._codes("exhibitors")
        names = ("slot_before", "table_before", "slot", "table")
        for row in sorted(self.rows["agenda_versions"], key=lambda row: row.number):
            for change, buyer, exhibitor, *places in row.changes.get("rows") or ():
                if buyer in buyers and exhibitor in exhibitors:
                    pair = {"buyer": buyers[buyer], "exhibitor": exhibitors[exhibitor]}
                    places = dict(zip(names, places, strict=True))
                    yield {"version": row.number, "change": change} | pair | places
