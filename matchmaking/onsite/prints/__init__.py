"""Papers of the day: one's own agenda, who sits where, cards for tables, an interpreter's sheet."""

from matchmaking.onsite.prints.agendas import (
    agenda_pdf,
    agendas_path,
    all_agendas_pdf,
    interpreter_pdf,
    printed_at,
)
from matchmaking.onsite.prints.sheets import told
from matchmaking.onsite.prints.tables import table_plan_pdf, tent_cards_pdf

__all__ = [
    "agenda_pdf",
    "agendas_path",
    "all_agendas_pdf",
    "interpreter_pdf",
    "printed_at",
    "table_plan_pdf",
    "tent_cards_pdf",
    "told",
]
