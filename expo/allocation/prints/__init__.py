"""What this room draws: plans of runs, versions and drafts, and letters of allocation."""

from expo.allocation.prints.drawing import (
    as_markup,
    hall_words,
    plan_for,
    plan_of_places,
    renamed,
    site_words,
)
from expo.allocation.prints.letters import letters_pdf

__all__ = [
    "as_markup",
    "hall_words",
    "letters_pdf",
    "plan_for",
    "plan_of_places",
    "renamed",
    "site_words",
]
