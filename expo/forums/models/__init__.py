"""Rooms, forums, talks, people on stage, and their places in the timetable (working and released)."""

from expo.forums.models.rooms import Availability, Room
from expo.forums.models.talks import Forum, Speaker, Talk, TalkSpeaker
from expo.forums.models.timetable import Release, ReleasedSlot, Slot, TimetableRun, between

__all__ = [
    "Availability",
    "Forum",
    "Release",
    "ReleasedSlot",
    "Room",
    "Slot",
    "Speaker",
    "Talk",
    "TalkSpeaker",
    "TimetableRun",
    "between",
]
