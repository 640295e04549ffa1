"""What a worker does for the programme: solve the timetable, write letters, print papers, import."""

from expo.forums.jobs.importing import import_schedule
from expo.forums.jobs.printing import print_papers
from expo.forums.jobs.solving import repeat, solve
from expo.forums.jobs.telling import tell

__all__ = ["import_schedule", "print_papers", "repeat", "solve", "tell"]
