"""Rows of matchmaking as records of a folder: phases, rules, requests, refusals, supply chains."""

from collections.abc import Iterator

from matchmaking.folder.matching_columns import REFUSALS
from matchmaking.folder.record_makers import RecordMakers, Values
from matchmaking.phases.spans import PHASES


class MatchingRecords(RecordMakers):
    """Makes the records of matchmaking before its agenda."""

    def _meeting_phases(self) -> Iterator[Values]:
        for row in sorted(self.rows["meeting_phases"], key=lambda row: PHASES.index(row.phase)):
            yield self._plain("meeting_phases", row)

    def _between(self, table: str) -> Iterator[Values]:
        buyers, exhibitors = self._codes("buyers"), self._codes("exhibitors")
        for row in self.rows[table]:
            pair = {"buyer": buyers[row.buyer_id], "exhibitor": exhibitors[row.exhibitor_id]}
            yield self._plain(table, row) | pair

    def _meeting_requests(self) -> Iterator[Values]:
        return self._between("meeting_requests")

    def _meeting_refusals(self) -> Iterator[Values]:
        return self._between(REFUSALS)

    def _supply_stages(self) -> Iterator[Values]:
        for row in self.rows["supply_chains"]:
            for stage in row.stages:
                yield {"chain": row.code, "name": stage["name"], "codes": list(stage["codes"])}
