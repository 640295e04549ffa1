"""What a worker does for the programme: build the timetable, write letters, print papers."""

from expo.forums.jobs.printing import print_papers
from expo.forums.jobs.solving import solve
from expo.forums.jobs.telling import tell

__all__ = ["print_papers", "solve", "tell"]
