"""Who wrote what a folder holds: accounts of this house by their addresses, or the addresses themselves."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.accounts.models import User
from matchmaking.folder.parse import Record


class Writers:
    """Knows the accounts of all `author`s of some records."""

    def __init__(self, session: Session, records: Iterable[Record]):
        wanted = {r["author"].lower() for r in records if r["author"]}
        rows = session.execute(
            select(func.lower(User.email), User.id).where(func.lower(User.email).in_(wanted))
        )
        self.accounts: dict[str, int] = dict(rows.all())

    def of(self, r: Record) -> dict[str, Any]:
        """The columns that say who wrote it. Without an account the address stays, so that an erasure finds
        what somebody wrote."""
        account = self.accounts.get(r["author"].lower())
        return {"user_id": account, "author": "" if account else r["author"]}
