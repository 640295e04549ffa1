"""Reads of leads, one module a concern: every one asks for one exhibitor, or only counts."""

from matchmaking.leads.queries.counting import (
    Count,
    counts_of,
    daily,
    days_of,
    staff_names,
    totals,
    zone_average,
)
from matchmaking.leads.queries.listing import (
    EVERYBODY,
    LeadFilter,
    card,
    count,
    lead_by_number,
    leads,
    letters_of,
    products_of,
    visits_of,
)
from matchmaking.leads.queries.persons import scanned_by

__all__ = [
    "EVERYBODY",
    "Count",
    "LeadFilter",
    "card",
    "count",
    "counts_of",
    "daily",
    "days_of",
    "lead_by_number",
    "leads",
    "letters_of",
    "products_of",
    "scanned_by",
    "staff_names",
    "totals",
    "visits_of",
    "zone_average",
]
