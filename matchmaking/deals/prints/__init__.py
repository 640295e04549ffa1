"""The ledger on paper and as files."""

from matchmaking.deals.prints.files import (
    deals_xlsx,
    deals_xlsx_stream,
    lines_csv,
    lines_json,
)
from matchmaking.deals.prints.papers import cards_pdf, ceremony_pdf, document_pdf, figures_pdf

__all__ = [
    "cards_pdf",
    "ceremony_pdf",
    "deals_xlsx",
    "deals_xlsx_stream",
    "document_pdf",
    "figures_pdf",
    "lines_csv",
    "lines_json",
]
