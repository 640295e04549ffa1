"""How firm a chain is: what nobody offers, what hangs on one supplier, how concentrated the rest is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchmaking.catalogue.hs import section_of
from matchmaking.coverage.chains import Chain, Stage

CONCENTRATED = 2500
"""From this HHI on a market counts as highly concentrated (US Merger Guidelines of 2010, § 5.3)."""


@dataclass(frozen=True)
class Answered:
    """A need: its code of goods, how many exhibitors could serve it, and who alone could (None: not one)."""

    hs: str
    viable: int
    sole: int | None = None


@dataclass(frozen=True)
class Share:
    """Of `needs` so many are `covered`: at least one exhibitor could serve them."""

    needs: int
    covered: int

    @property
    def part(self) -> float:
        """From 0 to 1; where nothing is needed nothing is missing."""
        return self.covered / self.needs if self.needs else 1.0


@dataclass(frozen=True)
class Supply:
    """Who offers the goods of a stage: how many kinds each exhibitor has, with the exhibitor's country."""

    exhibitor_id: int
    country: str
    kinds: int


@dataclass(frozen=True)
class Link:
    """A stage with what is asked and offered there. `verdict`: see `_verdict`."""

    stage: Stage
    share: Share
    suppliers: int
    countries: int
    concentration: int | None
    by_country: int | None
    verdict: str


def share_of(needs: Iterable[Answered]) -> Share:
    """How many of the needs have an answer."""
    viable = [need.viable > 0 for need in needs]
    return Share(len(viable), sum(viable))


def by_section(needs: Iterable[Answered]) -> list[tuple[str, Share]]:
    """(numeral of the HS section, share), in the order of the nomenclature, empty sections left out."""
    found: dict[str, list[Answered]] = {}
    order: dict[str, int] = {}
    for need in needs:
        section = section_of(need.hs)
        order[section.numeral] = section.first
        found.setdefault(section.numeral, []).append(need)
    return [(numeral, share_of(found[numeral])) for numeral in sorted(found, key=order.__getitem__)]


def links(chain: Chain, needs: Sequence[Answered], supply: Sequence[Sequence[Supply]]) -> list[Link]:
    """A chain's stages in order; `supply` holds what is offered at each of them."""
    return [
        _link(stage, [need for need in needs if stage.touches(need.hs)], offered)
        for stage, offered in zip(chain.stages, supply, strict=True)
    ]


def _link(stage: Stage, needs: Sequence[Answered], offered: Sequence[Supply]) -> Link:
    countries = Counter[str]()
    for one in offered:
        countries[one.country] += one.kinds
    share, concentration = share_of(needs), hhi([one.kinds for one in offered])
    return Link(
        stage, share, len(offered), len(countries), concentration, hhi(list(countries.values())),
        _verdict(share, len(offered), concentration),
    )  # fmt: skip


def _verdict(share: Share, suppliers: int, concentration: int | None) -> str:
    """'missing' (nobody), 'single' (one exhibitor), 'gaps' (a need without an answer), 'narrow', 'firm'."""
    if not suppliers:
        return "missing"
    if suppliers == 1:
        return "single"
    if share.covered < share.needs:
        return "gaps"
    return "narrow" if (concentration or 0) >= CONCENTRATED else "firm"


def hhi(amounts: Sequence[int]) -> int | None:
    """Herfindahl–Hirschman index: squared shares in percent added up, 10,000 for one alone; None: nobody."""
    total = sum(amounts)
    return round(10_000 * sum(amount * amount for amount in amounts) / total**2) if total else None


def fragile(needs: Iterable[Answered]) -> list[tuple[int, int]]:
    """(exhibitor, needs that nobody else could serve), whose staying away would hurt most first."""
    lost = Counter(need.sole for need in needs if need.sole is not None)
    return sorted(lost.items(), key=lambda one: (-one[1], one[0]))
