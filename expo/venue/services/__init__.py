"""The verbs of the venue: edit a hall's floor, keep halls and zones, take plans and lists over."""

from expo.venue.services.editing import Edited, Stale, Violated, edit, floor_of, take_back
from expo.venue.services.halls import delete_hall, delete_zone, save_hall, save_zone
from expo.venue.services.importing import (
    await_job,
    drop_import,
    is_packed,
    keep_import,
    kept_import,
    sketch_of,
    take_over,
    unpack,
)

__all__ = [
    "Edited",
    "Stale",
    "Violated",
    "await_job",
    "delete_hall",
    "delete_zone",
    "drop_import",
    "edit",
    "floor_of",
    "is_packed",
    "keep_import",
    "kept_import",
    "save_hall",
    "save_zone",
    "sketch_of",
    "take_back",
    "take_over",
    "unpack",
]
