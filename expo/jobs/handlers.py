"""Which function does which kind of job. Rooms register theirs; the worker looks them up."""

from collections.abc import Callable
from typing import Any

from expo.words import Sentence, kept

Progress = Callable[..., None]
Handler = Callable[..., dict[str, Any]]
_handlers: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register `work(session, job, report) -> result`; it may be run again from the start after a crash."""

    def register(work: Handler) -> Handler:
        _handlers[kind] = work
        return work

    return register


def handler_of(kind: str) -> Handler:
    """The function for a kind of job. KeyError for an unknown kind."""
    return _handlers[kind]


Sweep = Callable[[Callable[[], Any]], None]
_sweeps: dict[str, Sweep] = {}


def periodic(name: str) -> Callable[[Sweep], Sweep]:
    """Register `sweep(open_session)`, which every worker calls every few seconds, beside its jobs.

    It commits its own steps, keeps nothing in memory, and does no harm when done twice or side by side: a
    killed worker loses nothing, the next sweep finds what is still to do.
    """

    def register(work: Sweep) -> Sweep:
        _sweeps[name] = work
        return work

    return register


def sweeps() -> dict[str, Sweep]:
    """All that is registered, by name."""
    return _sweeps


def as_json(sentence: Sentence | None) -> dict[str, Any]:
    """A sentence as it is kept in a job's row."""
    return {} if sentence is None else sentence.plain()


def from_json(plain: dict[str, Any]) -> Sentence | None:
    """The sentence kept in a job's row."""
    return kept(plain) if plain else None
