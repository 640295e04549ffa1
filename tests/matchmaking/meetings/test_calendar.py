"""A meeting in somebody's calendar: asked for, changed under the same name, called off."""

from dataclasses import replace
from datetime import UTC, datetime

from matchmaking.meetings.calendar import Invitation, invitation

AT = datetime(2023, 6, 15, 1, tzinfo=UTC)
ENTRY = Invitation(
    "meeting-7.fair@caravanserai", 0, AT, AT.replace(minute=20), "Meeting: Honey, Ltd", "Table 12", "",
    "desk@example.org", "b@example.org", AT,
)  # fmt: skip


def lines(entry: Invitation) -> list[str]:
    return invitation(entry, "en").decode().split("\r\n")


def test_a_new_meeting_is_a_request():
    found = lines(ENTRY)
    wanted = {"METHOD:REQUEST", "UID:meeting-7.fair@caravanserai", "SEQUENCE:0", "DTSTART:20230615T010000Z"}
    assert wanted | {"SUMMARY:Meeting: Honey\\, Ltd", "STATUS:CONFIRMED"} <= set(found)


def test_a_meeting_called_off_is_cancelled_under_its_old_name():
    found = lines(replace(ENTRY, sequence=2, is_cancelled=True))
    assert {"METHOD:CANCEL", "UID:meeting-7.fair@caravanserai", "SEQUENCE:2", "STATUS:CANCELLED"} <= set(
        found
    )
