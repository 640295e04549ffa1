"""Badges, cards and their papers."""

from expo.badges.prints.badges import (
    Chunk,
    Plan,
    badge_pdf,
    badges_pdf,
    chunk_pdf,
    frame_of,
    made,
    must_be_some,
    plan_of,
)

__all__ = [
    "Chunk",
    "Plan",
    "badge_pdf",
    "badges_pdf",
    "chunk_pdf",
    "frame_of",
    "made",
    "must_be_some",
    "plan_of",
]
