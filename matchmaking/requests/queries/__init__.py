"""What other rooms ask of requests: which pairs want to meet, and which never do."""

from matchmaking.requests.queries.wanted import Wanted, refused_pairs, wanted

__all__ = ["Wanted", "refused_pairs", "wanted"]
