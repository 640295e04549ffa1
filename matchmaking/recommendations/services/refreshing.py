"""Lists made anew: all of an edition, or those of whoever changed something.

One at a time in an edition. Whoever saves a profile does not wait for a reckoning of all lists: what is due
stays due, and a worker sees to it.
"""

import time
from collections.abc import Collection

import numpy as np
from sqlalchemy import delete, func, insert, text
from sqlmodel import Session, select

from expo.db import refresh_statistics
from expo.editions.models import Edition
from matchmaking.recommendations.exposure import LENGTH, Lists, drawn, gini, lists, rank
from matchmaking.recommendations.models import Due, Exposure, Recommendation, RecommendationRun
from matchmaking.recommendations.pairing import Pairs, pairs_of
from matchmaking.recommendations.services.reading import read_market

FEW = 40
"""So many parties at most are seen to one by one; beyond, all lists are made anew."""
KEPT_RUNS = 20
_LOCK = 310_031
_FIELDS = (
    "buyer_id", "exhibitor_id", "score", "buyer_score", "exhibitor_score", "need_id", "product_id",
    "likeness",
)  # fmt: skip
_COLUMNS = (*_FIELDS, "buyer_value", "exhibitor_value")
_INSERT = text(
    f"INSERT INTO recommendation (edition_id, {', '.join(_COLUMNS)}) SELECT :edition, one.* FROM unnest("
    + ", ".join(f"CAST(:{name} AS integer[])" for name in _COLUMNS)
    + ") AS one"
)


def bring_up_to_date(session: Session, edition: Edition, *, wait: bool = True) -> bool:
    """Make the lists that something changed for; whether they are fresh now. Nothing is committed.

    Without `wait` nothing is done while another does, and no more than FEW parties are seen to.
    """
    if session.exec(select(Due.id).where(Due.edition_id == edition.id).limit(1)).first() is None:
        return True
    if not _turn(session, edition, wait):
        return False
    due = select(Due.buyer_id, Due.exhibitor_id).where(Due.edition_id == edition.id).distinct()
    parties = session.execute(due.limit(FEW + 1)).all()
    if len(parties) > FEW and not wait:
        return False
    if len(parties) > FEW:
        refresh_all(session, edition)
        return True
    session.execute(delete(Due).where(Due.edition_id == edition.id))
    for place, side in enumerate(("buyer", "exhibitor")):
        if ids := {row[place] for row in parties if row[place] is not None}:
            _refresh(session, edition, side, ids)
    return True


def forget(session: Session, edition_id: int) -> None:
    """What is due of an edition that is gone."""
    session.execute(delete(Due).where(Due.edition_id == edition_id))


def _turn(session: Session, edition: Edition, wait: bool) -> bool:
    verb = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    turn = session.execute(text(f"SELECT {verb}(:lock, :edition)"), {"lock": _LOCK, "edition": edition.id})
    return wait or bool(turn.scalar_one())


def refresh_all(session: Session, edition: Edition) -> RecommendationRun:
    """Make all lists of an edition anew, and deal out points so that they are even."""
    _turn(session, edition, True)
    started = time.process_time()
    session.execute(delete(Due).where(Due.edition_id == edition.id))
    market = read_market(session, edition)
    pairs = pairs_of(market.needs, market.offers, market.corpus, market.trade, market.kin)
    of_buyers = lists(pairs, pairs.buyer, pairs.exhibitor)
    of_exhibitors = lists(pairs, pairs.exhibitor, pairs.buyer)
    for model in (Recommendation, Exposure):
        session.execute(delete(model).where(model.edition_id == edition.id))
    written = _store(session, edition, pairs, of_buyers, of_exhibitors)
    _store_points(session, edition, of_buyers.points, of_exhibitors.points)
    figures = _figures(pairs, of_buyers) | {
        "buyers": len({need.buyer for need in market.needs}),
        "exhibitors": len({offer.exhibitor for offer in market.offers}),
        "possible": len(pairs),
        "listed": written,
        "cpu_s": round(time.process_time() - started, 2),
    }
    run = RecommendationRun(edition_id=edition.id, figures=figures)
    session.add(run)
    session.flush()
    session.execute(
        delete(RecommendationRun).where(
            RecommendationRun.edition_id == edition.id, RecommendationRun.id <= run.id - KEPT_RUNS
        )
    )
    refresh_statistics(session, "recommendation")
    return run


def _figures(pairs: Pairs, of_buyers: Lists) -> dict[str, object]:
    """How exhibitors share the buyers' lists, before points were dealt out and after."""
    plain = np.flatnonzero(rank(pairs.buyer, pairs.score) < LENGTH)
    found: dict[str, object] = {}
    everybody = np.unique(pairs.exhibitor)
    for name, chosen in (("before", plain), ("after", of_buyers.pairs)):
        counts = np.bincount(np.searchsorted(everybody, pairs.exhibitor[chosen]), minlength=len(everybody))
        found[f"gini_{name}"] = round(gini(counts), 3)
        found[f"shown_{name}"] = int((counts > 0).sum())
        found[f"most_{name}"] = int(counts.max()) if len(counts) else 0
    return found


def _refresh(session: Session, edition: Edition, side: str, ids: Collection[int]) -> None:
    """The lists of some buyers, or some exhibitors, and their place on the lists of the others."""
    mine = Recommendation.buyer_id if side == "buyer" else Recommendation.exhibitor_id
    session.execute(delete(Recommendation).where(mine.in_(ids)))
    market = read_market(session, edition, **{f"{side}s": ids})
    pairs = pairs_of(market.needs, market.offers, market.corpus, market.trade, market.kin)
    if not len(pairs):
        return
    owner, other = (pairs.buyer, pairs.exhibitor) if side == "buyer" else (pairs.exhibitor, pairs.buyer)
    points = _points(session, edition)
    own = _listed(pairs, owner, other, _given(points["exhibitor" if side == "buyer" else "buyer"], other))
    theirs = _entering(session, side, pairs, other, _given(points[side], owner))
    _store(session, edition, pairs, *((own, theirs) if side == "buyer" else (theirs, own)))


def _listed(pairs: Pairs, owner: np.ndarray, listed: np.ndarray, given: np.ndarray) -> Lists:
    values = pairs.score + given
    chosen = np.flatnonzero(rank(owner, values, drawn(owner, listed)) < LENGTH)
    return Lists(chosen, values[chosen], {})


def _entering(session: Session, side: str, pairs: Pairs, other: np.ndarray, given: np.ndarray) -> Lists:
    """Which pairs are better than the last of the other side's lists, or find these not full."""
    owner = Recommendation.exhibitor_id if side == "buyer" else Recommendation.buyer_id
    value = Recommendation.exhibitor_value if side == "buyer" else Recommendation.buyer_value
    place = func.row_number().over(partition_by=owner, order_by=value.desc()).label("place")
    ranked = (
        select(owner.label("owner"), value.label("value"), place)
        .where(owner.in_(np.unique(other).tolist()), value.is_not(None))
        .subquery()
    )
    last = select(ranked.c.owner, ranked.c.value).where(ranked.c.place == LENGTH)
    least = dict(map(tuple, session.execute(last)))
    values = pairs.score + given
    bar = np.array([least.get(int(one), -1_000) for one in other], np.int64)
    chosen = np.flatnonzero((values > bar) & (rank(other, values) < LENGTH))
    return Lists(chosen, values[chosen], {})


def _points(session: Session, edition: Edition) -> dict[str, dict[int, int]]:
    """Side → party → points that it was given."""
    found: dict[str, dict[int, int]] = {"buyer": {}, "exhibitor": {}}
    rows = select(Exposure.buyer_id, Exposure.exhibitor_id, Exposure.points)
    for buyer, exhibitor, points in session.execute(rows.where(Exposure.edition_id == edition.id)):
        found["buyer" if buyer else "exhibitor"][buyer or exhibitor] = points
    return found


def _given(points: dict[int, int], ids: np.ndarray) -> np.ndarray:
    return np.array([points.get(int(one), 0) for one in ids], np.int64)


def _store(session: Session, edition: Edition, pairs: Pairs, of_buyers: Lists, of_exhibitors: Lists) -> int:
    values = np.zeros((2, len(pairs)), np.int64)
    listed = np.zeros((2, len(pairs)), bool)
    for row, found in enumerate((of_buyers, of_exhibitors)):
        values[row, found.pairs], listed[row, found.pairs] = found.values, True
    either = np.flatnonzero(listed.any(axis=0))
    columns = {
        name: column.tolist() for name, column in zip(_FIELDS, pairs.only(either).columns(), strict=True)
    }
    for row, name in enumerate(("buyer_value", "exhibitor_value")):
        there = zip(values[row, either].tolist(), listed[row, either].tolist(), strict=True)
        columns[name] = [value if is_listed else None for value, is_listed in there]
    session.execute(_INSERT, {"edition": edition.id, **columns})  # a list a column: far faster than rows
    return len(either)


def _store_points(
    session: Session, edition: Edition, of_exhibitors: dict[int, int], of_buyers: dict[int, int]
) -> None:
    rows = [
        {"edition_id": edition.id, "exhibitor_id": None, "buyer_id": None, key: party, "points": points}
        for key, several in (("exhibitor_id", of_exhibitors), ("buyer_id", of_buyers))
        for party, points in several.items()
    ]
    if rows:
        session.execute(insert(Exposure), rows)
