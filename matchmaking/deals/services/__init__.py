"""The verbs of the ledger."""

from matchmaking.deals.content import Line, Party, Project
from matchmaking.deals.sales import Sale
from matchmaking.deals.services.attaching import attach, attachment, detach
from matchmaking.deals.services.bringing import Answer, Brought, bring_in
from matchmaking.deals.services.deciding import confirm, dispute, move, show_price
from matchmaking.deals.services.following import Due, due, due_count, letters, note_reminded, recently
from matchmaking.deals.services.ledger import append, lock
from matchmaking.deals.services.papering import (
    Checked,
    checked,
    document_by_code,
    draw_up,
    usual_languages,
)
from matchmaking.deals.services.publishing import (
    approve,
    figures_of,
    prepare,
    publication,
    publications,
    published,
    settings_of,
    settle,
)
from matchmaking.deals.services.rating import rate_for, rates, read_rates, take_rates
from matchmaking.deals.services.recording import amend, record, record_all
from matchmaking.deals.services.summing import sum_anew
from matchmaking.deals.services.telling import NewDeal, parties_of
from matchmaking.deals.services.tilling import close, closed, goods, sales_of, sell, void
from matchmaking.deals.services.verifying import Report, chain_break, check_chain, noted_seal_holds, verify

__all__ = [
    "Answer",
    "Brought",
    "Checked",
    "Due",
    "Line",
    "NewDeal",
    "Party",
    "Project",
    "Report",
    "Sale",
    "amend",
    "append",
    "approve",
    "attach",
    "attachment",
    "bring_in",
    "chain_break",
    "check_chain",
    "checked",
    "close",
    "closed",
    "confirm",
    "detach",
    "dispute",
    "document_by_code",
    "draw_up",
    "due",
    "due_count",
    "figures_of",
    "goods",
    "letters",
    "lock",
    "move",
    "note_reminded",
    "noted_seal_holds",
    "parties_of",
    "prepare",
    "publication",
    "publications",
    "published",
    "rate_for",
    "rates",
    "read_rates",
    "recently",
    "record",
    "record_all",
    "sales_of",
    "sell",
    "settings_of",
    "settle",
    "show_price",
    "sum_anew",
    "take_rates",
    "usual_languages",
    "verify",
    "void",
]
