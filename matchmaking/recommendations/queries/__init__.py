"""What other rooms ask of recommendations: whom to meet and how much it is worth, and who is open to it."""

from matchmaking.recommendations.queries.scores import Scored, latest_run, scores_of
from matchmaking.recommendations.services.taking_part import open_buyers, open_exhibitors

__all__ = ["Scored", "latest_run", "open_buyers", "open_exhibitors", "scores_of"]
