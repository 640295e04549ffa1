"""Chains: begin with the starting set, draw, change, drop."""

import re

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.coverage import chains
from matchmaking.coverage.models import SupplyChain
from matchmaking.coverage.starting import STARTING

MOST = 40
CODE = re.compile("[a-z0-9-]{1,40}")


def start(session: Session, edition: Edition) -> int:
    """Add those of the starting set that are not there; how many that were."""
    known = set(session.exec(select(SupplyChain.code).where(SupplyChain.edition_id == edition.id)))
    fresh = [chain for chain in STARTING if chain.code not in known]
    for chain in fresh:
        session.add(
            SupplyChain(
                edition_id=edition.id, code=chain.code, name=chain.name, stages=chains.kept(chain.stages)
            )
        )
    session.flush()
    return len(fresh)


def chain_of(session: Session, edition: Edition, code: str) -> SupplyChain | None:
    """A chain by its code."""
    return session.exec(
        select(SupplyChain).where(SupplyChain.edition_id == edition.id, SupplyChain.code == code)
    ).first()


def draw(session: Session, edition: Edition, code: str, name: str, stages: str, language: str) -> SupplyChain:
    """A new chain; Refused if its code is taken or ill-formed, or a line cannot be read."""
    if not CODE.fullmatch(code):
        raise Refused(say("A code is made of small letters, digits and hyphens."))
    count = select(func.count()).select_from(SupplyChain).where(SupplyChain.edition_id == edition.id)
    if session.exec(count).one() >= MOST:
        raise Refused(say("%(most)s chains are enough. Take one away first.", most=MOST))
    found, named = chains.read(stages, language), {language: _name(name)}
    chain = SupplyChain(edition_id=edition.id, code=code, name=named, stages=chains.kept(found))
    try:
        with session.begin_nested():
            session.add(chain)
    except IntegrityError:
        raise Refused(say("There is a chain of this code already.")) from None
    return chain


def change(session: Session, chain: SupplyChain, name: str, stages: str, language: str) -> None:
    """Name and stages anew; names in other languages stay with stages whose codes stay."""
    found = chains.read(stages, language, chain.chain.stages)
    chain.name = {**chain.name, language: _name(name)}
    chain.stages = chains.kept(found)
    session.flush()


def _name(typed: str) -> str:
    if not typed.strip():
        raise Refused(say("Please give a name."))
    return typed.strip()


def drop(session: Session, chain: SupplyChain) -> None:
    """Take a chain away; nothing hangs on it."""
    session.delete(chain)
    session.flush()
