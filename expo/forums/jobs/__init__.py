"""What a worker does for the programme: solve the timetable, write letters, print papers."""

from expo.forums.jobs.printing import print_papers
from expo.forums.jobs.solving import repeat, solve
from expo.forums.jobs.telling import tell

__all__ = ["print_papers", "repeat", "solve", "tell"]
