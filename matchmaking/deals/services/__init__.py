"""The verbs of the ledger."""

from matchmaking.deals.content import Line, Party, Project
from matchmaking.deals.services.deciding import confirm, dispute, move, show_price
from matchmaking.deals.services.ledger import append, lock
from matchmaking.deals.services.rating import rate_for, rates, read_rates, take_rates
from matchmaking.deals.services.recording import amend, record, record_all
from matchmaking.deals.services.summing import sum_anew
from matchmaking.deals.services.telling import NewDeal, parties_of
from matchmaking.deals.services.verifying import Report, chain_break, check_chain, noted_seal_holds, verify

__all__ = [
    "Line",
    "NewDeal",
    "Party",
    "Project",
    "Report",
    "amend",
    "append",
    "chain_break",
    "check_chain",
    "confirm",
    "dispute",
    "lock",
    "move",
    "noted_seal_holds",
    "parties_of",
    "rate_for",
    "rates",
    "read_rates",
    "record",
    "record_all",
    "show_price",
    "sum_anew",
    "take_rates",
    "verify",
]
