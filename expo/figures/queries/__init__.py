"""Figures as pages and files show them; every page takes a handful of queries, however many passages."""

from expo.figures.queries.arriving import arrivals, by_gate, days, present
from expo.figures.queries.visiting import Breakdown, breakdown, evidence, stays, totals

__all__ = [
    "Breakdown",
    "arrivals",
    "breakdown",
    "by_gate",
    "days",
    "evidence",
    "present",
    "stays",
    "totals",
]
