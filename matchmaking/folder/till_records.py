"""Rows beside the deals as records of a folder: reminders, sales at stands, closed days, files of deals."""

from collections.abc import Iterable, Iterator
from typing import Any

from expo.money import to_major
from matchmaking.deals.attachments import SUFFIX
from matchmaking.folder.parse import ATTACHMENT
from matchmaking.folder.record_makers import RecordMakers, Values


class TillRecords(RecordMakers):
    """Makes the records of what stands beside the deals."""

    def _deal_numbers(self) -> dict[int | None, Any]:
        return {None: None, **{row.id: row.number for row in self.rows["deals"]}}

    def _till_sales(self) -> Iterator[Values]:
        stands = self._codes("exhibitors")
        for row in self.rows["till_sales"]:
            price = to_major(row.unit_price_minor, row.currency)
            yield self._plain("till_sales", row) | {"exhibitor": stands[row.exhibitor_id], "price": price}

    def _till_closes(self) -> Iterator[Values]:
        stands, numbers = self._codes("exhibitors"), self._deal_numbers()
        for row in self.rows["till_closes"]:
            more = {"exhibitor": stands[row.exhibitor_id], "deal": numbers[row.deal_id]}
            yield self._plain("till_closes", row) | more

    def _files(self) -> Iterator[tuple[str, Any]]:
        """(name in the folder, attachment), deal after deal."""
        places, numbers = dict[int, int](), self._deal_numbers()
        for row in sorted(self.rows["deal_attachments"], key=lambda row: (numbers[row.deal_id], row.id)):
            places[row.deal_id] = place = places.get(row.deal_id, 0) + 1
            yield f"{ATTACHMENT}{numbers[row.deal_id]:05}-{place:02}{SUFFIX[row.mimetype]}", row

    def attachments(self) -> dict[str, bytes]:
        """The files of deals by their names in the folder."""
        return {name: row.content for name, row in self._files()}

    def _deal_attachments(self) -> Iterator[Values]:
        files = list(self._files())
        for (name, _row), values in zip(
            files, self._of_deal("deal_attachments", (row for _name, row in files)), strict=True
        ):
            yield values | {"file": name}

    def _deal_reminders(self) -> Iterator[Values]:
        for values in self._of_deal("deal_reminders", self.rows["deal_reminders"]):
            if values["exhibitor"] or values["buyer"]:
                yield values

    def _of_deal(self, table: str, rows: Iterable[Any]) -> Iterator[Values]:
        """Rows of a deal and one of its parties."""
        numbers = self._deal_numbers()
        exhibitors = {row.organisation_id: row.code for row in self.rows["exhibitors"]}
        buyers = {row.organisation_id: row.code for row in self.rows["buyers"]}
        for row in rows:
            stands = exhibitors.get(row.organisation_id, "")
            buys = "" if stands else buyers.get(row.organisation_id, "")
            firm = {"exhibitor": stands, "buyer": buys}
            yield self._plain(table, row) | firm | {"deal": numbers[row.deal_id]}
