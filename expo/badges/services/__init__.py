"""The verbs of badges."""

from expo.badges.services.designs import add_logo, delete_design, save_design
from expo.badges.services.issuing import issue_all, mark_printed, revoke
from expo.badges.services.keys import Signer, ensure_keys, rotate, signer_of, withdraw

__all__ = [
    "Signer",
    "add_logo",
    "delete_design",
    "ensure_keys",
    "issue_all",
    "mark_printed",
    "revoke",
    "rotate",
    "save_design",
    "signer_of",
    "withdraw",
]
