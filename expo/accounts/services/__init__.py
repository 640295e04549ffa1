"""The verbs of accounts: entering, joining, throttling, granting."""

from expo.accounts.services.entering import open_door, sign_in, sign_out, signed_in, sweep, user_of
from expo.accounts.services.granting import (
    doors_of,
    edition_id_of,
    grant,
    grant_of,
    grants,
    organisation_by_code,
    revoke,
)
from expo.accounts.services.joining import (
    Letter,
    ask_reset,
    change_password,
    code_owner,
    confirm,
    create_user,
    reset,
    sign_up,
)
from expo.accounts.services.throttling import count_try, forgive

__all__ = [
    "Letter",
    "ask_reset",
    "change_password",
    "code_owner",
    "confirm",
    "count_try",
    "create_user",
    "doors_of",
    "edition_id_of",
    "forgive",
    "grant",
    "grant_of",
    "grants",
    "open_door",
    "organisation_by_code",
    "reset",
    "revoke",
    "sign_in",
    "sign_out",
    "sign_up",
    "signed_in",
    "sweep",
    "user_of",
]
