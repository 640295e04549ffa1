"""A problem as JSON and back, so that an auditor can repeat a run without the database it came from."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from importlib.metadata import version
from platform import python_version
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from expo.allocation.problem import Applicant, Problem, Unit, Weights, Wish

FORMAT = "caravanserai-allocation-input-1"
EVIDENCE = "caravanserai-allocation-run-1"
LIBRARIES = ("numpy", "numba", "scipy")


class WrongInput(ValueError):
    """The file is not a stored input; the message says where."""


def libraries() -> dict[str, str]:
    """Versions of what computes the answer."""
    return {"python": python_version(), **{name: version(name) for name in LIBRARIES}}


def as_plain(problem: Problem) -> dict[str, Any]:
    """Everything the answer depends on, as JSON holds it."""
    return {
        "format": FORMAT,
        "units": [asdict(unit) for unit in problem.units],
        "applicants": [asdict(applicant) for applicant in problem.applicants],
        "rivals": [list(pair) for pair in problem.rivals],
        "partners": [list(pair) for pair in problem.partners],
        "locks": _lists(problem.locks),
        "previous": None if problem.previous is None else _lists(problem.previous),
        "change_price": problem.change_price,
        "rival_gap_cm": problem.rival_gap_cm,
        "lottery_seed": problem.lottery_seed,
        "weights": asdict(problem.weights),
    }


def from_plain(plain: Any) -> Problem:
    """The problem back. WrongInput says which part is wrong."""
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise WrongInput(f"no {FORMAT}")
    try:
        return Problem(
            units=tuple(_row(Unit, row, "units") for row in plain["units"]),
            applicants=tuple(_applicant(row) for row in plain["applicants"]),
            rivals=_pairs(plain["rivals"], "rivals"),
            partners=_pairs(plain["partners"], "partners"),
            locks=_places(plain["locks"], "locks"),
            previous=None if plain["previous"] is None else _places(plain["previous"], "previous"),
            change_price=_number(plain, "change_price"),
            rival_gap_cm=_number(plain, "rival_gap_cm"),
            lottery_seed=_number(plain, "lottery_seed"),
            weights=_weights(plain["weights"]),
        )
    except KeyError as missing:
        raise WrongInput(f"{missing.args[0]} is missing") from None
    except (TypeError, AttributeError) as error:
        raise WrongInput(str(error)) from None


def packed(problem: Problem) -> bytes:
    """The problem as compressed JSON; the same problem always gives the same bytes."""
    return gzip.compress(_written(as_plain(problem)), mtime=0)


def unpacked(content: bytes) -> dict[str, Any]:
    """What `packed` wrote, as it was: a newer version may know more about a problem than was written then."""
    return json.loads(gzip.decompress(content))


def digest(plain: Mapping[str, Any]) -> str:
    """SHA-256 of the JSON with sorted keys and no spaces, as UTF-8: anybody can recompute it."""
    return hashlib.sha256(_written(plain)).hexdigest()


def _written(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _lists(places: Mapping[str, Any]) -> dict[str, list[str]]:
    return {code: list(stands) for code, stands in sorted(places.items())}


def _places(plain: Any, part: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(plain, dict) or not all(_are_texts(stands) for stands in plain.values()):
        raise WrongInput(f"{part} must name stands by exhibitor")
    return {code: tuple(stands) for code, stands in plain.items()}


def _pairs(plain: Any, part: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(plain, list) or not all(_are_texts(pair) and len(pair) == 2 for pair in plain):
        raise WrongInput(f"{part} must be pairs of codes")
    return tuple((one, other) for one, other in plain)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _number(plain: Mapping[str, Any], key: str) -> Any:
    if isinstance(plain[key], bool) or not isinstance(plain[key], int | float):
        raise WrongInput(f"{key} must be a number")
    return plain[key]


def _applicant(plain: Any) -> Applicant:
    values = dict(plain)
    values["zones"] = tuple(values.get("zones", ()))
    values["wishes"] = tuple(_row(Wish, wish, "wishes") for wish in values.get("wishes", ()))
    return _row(Applicant, values, "applicants")


def _weights(plain: Any) -> Weights:
    values = dict(plain)
    values["rank_percent"] = tuple(values.get("rank_percent", ()))
    return _row(Weights, values, "weights")


def _row(kind: type, plain: Any, part: str) -> Any:
    """A dataclass out of an object whose members have the right types."""
    hints, known = get_type_hints(kind), {each.name for each in fields(kind)}
    for key, value in dict(plain).items():
        if key not in known:
            raise WrongInput(f"{part}: {key} is not known here; a newer version may have written it")
        if not isinstance(value, _types(hints[key])) or (isinstance(value, bool) and hints[key] is not bool):
            raise WrongInput(f"{part}: {key} cannot be {value!r:.60}")
    return kind(**plain)


def _types(hint: Any) -> tuple[type, ...]:
    """Types a value may have; a whole number does where a fraction may stand."""
    if isinstance(hint, UnionType):
        return tuple(each for part in get_args(hint) for each in _types(part))
    plain = get_origin(hint) or hint
    return (float, int) if plain is float else (plain or NoneType,)
