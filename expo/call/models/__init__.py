"""The call for talks, what is proposed, and what reviewers say about it."""

from expo.call.models.call import CallForTalks, CallLetter, Criterion
from expo.call.models.proposals import Proposal, ProposalLink, ProposalSpeaker
from expo.call.models.reviews import Remark, Review, ReviewerForum, ReviewScore

__all__ = [
    "CallForTalks",
    "CallLetter",
    "Criterion",
    "Proposal",
    "ProposalLink",
    "ProposalSpeaker",
    "Remark",
    "Review",
    "ReviewScore",
    "ReviewerForum",
]
