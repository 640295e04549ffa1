"""The verbs of recommendations: lists are made, all or one, and kept as fresh as what they are made from."""

from matchmaking.recommendations.services.accounting import account_of
from matchmaking.recommendations.services.refreshing import bring_up_to_date, forget, refresh_all
from matchmaking.recommendations.services.trading import drop_exports, take_exports, trade_of

__all__ = [
    "account_of",
    "bring_up_to_date",
    "drop_exports",
    "forget",
    "refresh_all",
    "take_exports",
    "trade_of",
]
