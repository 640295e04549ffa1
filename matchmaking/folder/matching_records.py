"""Rows of matchmaking as records of a folder: phases, rules, requests, words, refusals, supply chains."""

from collections.abc import Iterator

from matchmaking.folder.matching_columns import REFUSALS
from matchmaking.folder.meeting_records import MeetingRecords
from matchmaking.folder.record_makers import Values
from matchmaking.phases.spans import PHASES
from matchmaking.requests.sides import other


class MatchingRecords(MeetingRecords):
    """Makes the records of matchmaking before its agenda."""

    def _meeting_phases(self) -> Iterator[Values]:
        for row in sorted(self.rows["meeting_phases"], key=lambda row: PHASES.index(row.phase)):
            yield self._plain("meeting_phases", row)

    def _meeting_requests(self) -> Iterator[Values]:
        found = enumerate(self._of_party("meeting_requests"), start=1)
        return (values | {"number": number} for number, values in found)

    def _meeting_refusals(self) -> Iterator[Values]:
        return self._of_party(REFUSALS)

    def _put_aside(self) -> Iterator[Values]:
        return self._of_party("put_aside")

    def _request_offers(self) -> Iterator[Values]:
        numbers = self._numbers("meeting_requests")
        for row, values in zip(self.rows["request_offers"], self._of_party("request_offers"), strict=True):
            yield values | {"request": numbers[row.request_id]}

    def _request_complaints(self) -> Iterator[Values]:
        numbers = self._numbers("meeting_requests")
        for row in self.rows["request_complaints"]:
            yield self._plain("request_complaints", row) | {"request": numbers[row.request_id]}

    def _request_messages(self) -> Iterator[Values]:
        numbers = self._numbers("meeting_requests")
        seen = {(row.request_id, row.side): row.message_id for row in self.rows["messages_read"]}
        for row in self.rows["request_messages"]:
            yield self._plain("request_messages", row) | {
                "request": numbers[row.request_id],
                "author": self._author(row),
                "read": row.id <= seen.get((row.request_id, other(row.side)), 0),
            }

    def _supply_stages(self) -> Iterator[Values]:
        for row in self.rows["supply_chains"]:
            for stage in row.stages:
                yield {"chain": row.code, "name": stage["name"], "codes": list(stage["codes"])}
