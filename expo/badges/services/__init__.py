"""The verbs of badges."""

from expo.badges.services.issuing import issue_all, mark_printed, revoke
from expo.badges.services.keys import Signer, ensure_keys, rotate, signer_of, withdraw

__all__ = [
    "Signer",
    "ensure_keys",
    "issue_all",
    "mark_printed",
    "revoke",
    "rotate",
    "signer_of",
    "withdraw",
]
