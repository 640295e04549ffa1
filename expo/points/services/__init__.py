"""The verbs of points: write facts down, count, change the rule, publish the seed."""

from expo.points.services.drawing import LARGEST_SEED, publish_seed, set_seed
from expo.points.services.recording import fact_of, facts, record, recount, retract
from expo.points.services.ruling import (
    LARGE,
    SHOWN_CHANGES,
    Effect,
    apply,
    count_anew,
    discard_draft,
    draft_of,
    preview,
    save_draft,
    versions,
)
from expo.points.services.settling import settle, waiting

__all__ = [
    "LARGE",
    "LARGEST_SEED",
    "SHOWN_CHANGES",
    "Effect",
    "apply",
    "count_anew",
    "discard_draft",
    "draft_of",
    "fact_of",
    "facts",
    "preview",
    "publish_seed",
    "record",
    "recount",
    "retract",
    "save_draft",
    "set_seed",
    "settle",
    "versions",
    "waiting",
]
