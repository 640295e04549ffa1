"""The verbs of the venue: edit a hall's floor, keep halls and zones, take plans and lists over."""

from expo.venue.services.editing import Edited, Stale, Violated, edit, floor_of
from expo.venue.services.halls import delete_hall, delete_zone, save_hall, save_zone

__all__ = [
    "Edited",
    "Stale",
    "Violated",
    "delete_hall",
    "delete_zone",
    "edit",
    "floor_of",
    "save_hall",
    "save_zone",
]
