"""Rows of registration as records of a folder: people, sorts, quotas, questions, codes, answers."""

from collections import defaultdict
from collections.abc import Iterator

from matchmaking.folder.matching_records import MatchingRecords
from matchmaking.folder.record_makers import Values


class RegistrationRecords(MatchingRecords):
    """Makes the records of registration."""

    def _people(self) -> Iterator[Values]:
        exhibitors, speakers, talks, tickets, invitations = (
            self._codes(name) for name in ("exhibitors", "speakers", "talks", "tickets", "invitations")
        )
        stars, followers = self._grouped("stars", "follower_id", "id"), self.rows["followers"]
        follower_of = {follower.person_id: follower.id for follower in followers}
        for row in self.rows["people"]:
            yield self._plain("people", row) | {
                "exhibitor": exhibitors[row.exhibitor_id],
                "speaker": speakers[row.speaker_id],
                "ticket": tickets[row.ticket_id],
                "invitation": invitations[row.invitation_id],
                "stars": [talks[star.talk_id] for star in stars[follower_of.get(row.id, 0)]],
            }

    def _tickets(self) -> Iterator[Values]:
        for row in sorted(self.rows["tickets"], key=lambda row: (row.position, row.id)):
            periods = {"opens_at": self._local(row.opens_at), "closes_at": self._local(row.closes_at)}
            yield self._plain("tickets", row) | periods

    def _linked(self, kind: str, key: str) -> dict[int, list[str]]:
        """Codes of the sorts that a quota counts or a question is asked for."""
        codes, found = self._codes("tickets"), defaultdict(list)
        for row in self.rows[kind]:
            found[getattr(row, key)].append(codes[row.ticket_id])
        return found

    def _quotas(self) -> Iterator[Values]:
        counted = self._linked("quota_tickets", "quota_id")
        for row in self.rows["quotas"]:
            yield self._plain("quotas", row) | {"tickets": counted[row.id]}

    def _questions(self) -> Iterator[Values]:
        only, codes = self._linked("question_tickets", "question_id"), self._codes("questions")
        for row in sorted(self.rows["questions"], key=lambda row: (row.position, row.id)):
            yield self._plain("questions", row) | {"tickets": only[row.id], "after": codes[row.after_id]}

    def _invitations(self) -> Iterator[Values]:
        tickets = self._codes("tickets")
        for row in self.rows["invitations"]:
            ends = {key: self._local(getattr(row, key)) for key in ("expires_at", "closed_at")}
            ends = {key: at and at.replace(microsecond=0) for key, at in ends.items()}
            yield self._plain("invitations", row) | ends | {"ticket": tickets[row.ticket_id]}

    def _answers(self) -> Iterator[Values]:
        people, questions = self._codes("people"), self._codes("questions")
        for row in self.rows["answers"]:
            value = ";".join(row.value) if isinstance(row.value, list) else row.value
            yield {"person": people[row.person_id], "question": questions[row.question_id], "value": value}
