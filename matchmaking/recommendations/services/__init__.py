"""The verbs of recommendations: lists are made, all or one, and kept as fresh as what they are made from."""

from matchmaking.recommendations.services.refreshing import bring_up_to_date, refresh_all

__all__ = ["bring_up_to_date", "refresh_all"]
