"""The headings and subheadings that an edition knows, looked up by digits or words."""

from collections.abc import Sequence

from sqlalchemy import String, cast, func
from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.catalogue.hs import tidy
from matchmaking.catalogue.models import HsCode


def hs_codes(
    session: Session, edition: Edition, words: str, limit: int, offset: int = 0
) -> tuple[int, Sequence[HsCode]]:
    """How many codes fit, and those of a page, in order: by first digits, or by words in any language."""
    found = select(HsCode).where(HsCode.edition_id == edition.id)
    if tidy(words).isdigit():
        found = found.where(HsCode.code.startswith(tidy(words), autoescape=True))
    else:
        for word in words.split()[:8]:
            found = found.where(cast(HsCode.name, String).icontains(word, autoescape=True))
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    return total, session.exec(found.order_by(HsCode.code).limit(limit).offset(offset)).all()
