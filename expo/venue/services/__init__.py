"""The verbs of the venue: edit a hall's floor, keep halls and zones, take plans and lists over."""

from expo.venue.services.editing import Edited, Stale, Violated, edit, floor_of
from expo.venue.services.halls import delete_hall, delete_zone, save_hall, save_zone
from expo.venue.services.importing import drop_import, keep_import, kept_import, sketch_of, take_over

__all__ = [
    "Edited",
    "Stale",
    "Violated",
    "delete_hall",
    "delete_zone",
    "drop_import",
    "edit",
    "floor_of",
    "keep_import",
    "kept_import",
    "save_hall",
    "save_zone",
    "sketch_of",
    "take_over",
]
