"""What other rooms ask of recommendations: whom to meet and how much it is worth, and who is open to it."""

from matchmaking.recommendations.queries.scores import (
    Scored,
    latest_run,
    open_buyers,
    open_exhibitors,
    scores_of,
)

__all__ = ["Scored", "latest_run", "open_buyers", "open_exhibitors", "scores_of"]
