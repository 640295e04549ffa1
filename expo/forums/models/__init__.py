"""Rooms, forums, talks, people on stage, and their places in the timetable (working and released)."""

from expo.forums.models.changes import SlotChange, TimetableAct, TimetableHead
from expo.forums.models.people import PersonalLink, SpeakerAnswer
from expo.forums.models.releases import (
    Release,
    ReleasedProgramme,
    ReleasedSlot,
    ReleaseLetter,
    ReleaseTelling,
)
from expo.forums.models.rooms import Availability, ProgrammeSettings, Room, Travel
from expo.forums.models.runs import TimetableInput, TimetableRun
from expo.forums.models.talks import HELD, Forum, ForumChair, Speaker, Talk, TalkSpeaker
from expo.forums.models.timetable import Slot, between

__all__ = [
    "HELD",
    "Availability",
    "Forum",
    "ForumChair",
    "PersonalLink",
    "ProgrammeSettings",
    "Release",
    "ReleaseLetter",
    "ReleaseTelling",
    "ReleasedProgramme",
    "ReleasedSlot",
    "Room",
    "Slot",
    "SlotChange",
    "Speaker",
    "SpeakerAnswer",
    "Talk",
    "TalkSpeaker",
    "TimetableAct",
    "TimetableHead",
    "TimetableInput",
    "TimetableRun",
    "Travel",
    "between",
]
