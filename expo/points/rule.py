"""The rule for points as the organiser writes it, and the flat form it is kept in.

Kept flat, because an edition's folder writes it so, and a rule from before versions (`{"years": "3", "area":
"0.08"}`) is one too: `years`, `area`, `spend`, `sponsorship` and `violations` are what one unit counts;
`…_cap` the most a source gives; `tier_gold`, `violation_late` and `own_green` what each of these counts, with
`…_name` beside it; `violations_years` how many years a violation is remembered; `version` which rule it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from expo.words import Sentence, say

SPEND_UNIT = Decimal(1000)
LARGEST = Decimal(1_000_000)
MOST_KINDS = 20
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LISTS = {"tiers": "tier", "violations": "violation", "own": "own"}


@dataclass(frozen=True)
class Measure:
    """What one unit of a source counts, and the most it may give in all (None: any)."""

    rate: Decimal = Decimal(0)
    cap: Decimal | None = None


@dataclass(frozen=True)
class Kind:
    """A named tier, kind of violation or criterion: what one counts, and the most for it in all."""

    key: str
    name: str
    rate: Decimal
    cap: Decimal | None = None


@dataclass(frozen=True)
class Rule:
    """A version of the rule. Spending counts per 1,000 units of the edition's currency, before tax."""

    version: int = 1
    years: Measure = Measure()
    area: Measure = Measure()
    spend: Measure = Measure()
    sponsorship: Measure = Measure()
    violation: Measure = Measure()
    remembered_years: int = 0
    tiers: tuple[Kind, ...] = ()
    violations: tuple[Kind, ...] = ()
    own: tuple[Kind, ...] = field(default=())

    def kind(self, source: str, key: str) -> Kind | None:
        """The tier, kind of violation or criterion of that key."""
        kinds = {"sponsorship": self.tiers, "violations": self.violations, "own": self.own}.get(source, ())
        return next((kind for kind in kinds if kind.key == key), None)


MEASURES = {"years": "years", "area": "area", "spend": "spend", "sponsorship": "sponsorship",
            "violations": "violation"}  # fmt: skip


def read(given: Mapping[str, Any]) -> Rule:
    """The rule from its flat form; what is no number counts nothing, as it always did."""
    measures = {
        name: Measure(_number(given.get(key)) or Decimal(0), _number(given.get(f"{key}_cap")))
        for key, name in MEASURES.items()
    }
    return Rule(
        version=max(_whole(given.get("version")), 1),
        remembered_years=min(_whole(given.get("violations_years")), 50),
        **measures,
        **{name: _kinds(given, prefix) for name, prefix in LISTS.items()},
    )


def _kinds(given: Mapping[str, Any], prefix: str) -> tuple[Kind, ...]:
    heads = [key.removeprefix(f"{prefix}_") for key in given if key.startswith(f"{prefix}_")]
    found = []
    for key in sorted(key for key in heads if KEY.fullmatch(key)):
        rate = _number(given[f"{prefix}_{key}"])
        if rate is not None:
            name = str(given.get(f"{prefix}_{key}_name") or key)
            found.append(Kind(key, name, rate, _number(given.get(f"{prefix}_{key}_cap"))))
    return tuple(found[:MOST_KINDS])


def write(rule: Rule) -> dict[str, Any]:
    """The flat form; `read` gives the same rule back."""
    flat: dict[str, Any] = {"version": rule.version, "violations_years": rule.remembered_years}
    for key, name in MEASURES.items():
        measure: Measure = getattr(rule, name)
        flat |= {key: plain(measure.rate)} | _cap(key, measure.cap)
    for name, prefix in LISTS.items():
        for kind in getattr(rule, name):
            head = f"{prefix}_{kind.key}"
            flat |= {head: plain(kind.rate), f"{head}_name": kind.name} | _cap(head, kind.cap)
    return flat


def _cap(key: str, cap: Decimal | None) -> dict[str, str]:
    return {} if cap is None else {f"{key}_cap": plain(cap)}


def faults(rule: Rule) -> list[Sentence]:
    """Why a rule cannot be used; nothing when it can."""
    found = []
    for name, prefix in LISTS.items():
        kinds: tuple[Kind, ...] = getattr(rule, name)
        keys = [kind.key for kind in kinds]
        if len(kinds) > MOST_KINDS:
            found.append(say("Name up to %(most)s of a kind.", most=MOST_KINDS))
        found += [
            say("%(key)s is there twice.", key=key) for key in dict.fromkeys(keys) if keys.count(key) > 1
        ]
        found += [
            say(
                "Write a key in small letters, digits and hyphens, such as late-build: %(key)s.", key=kind.key
            )
            for kind in kinds
            if not KEY.fullmatch(kind.key) or len(kind.key) > 30
        ]
        if prefix == "violation":
            found += [
                say("A violation takes points away: write a number below zero for %(key)s.", key=kind.key)
                for kind in kinds
                if kind.rate > 0
            ]
    if rule.violation.rate > 0:
        found.append(say("A violation takes points away: write a number below zero."))
    return found


def plain(number: Decimal) -> str:
    """2.50 → "2.5", 1E+3 → "1000"."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _number(value: Any) -> Decimal | None:
    """A number within reason, or None."""
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= LARGEST else None


def _whole(value: Any) -> int:
    number = _number(value)
    return int(number) if number is not None and number >= 0 else 0
