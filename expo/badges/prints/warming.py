"""The first badge of a process takes seconds: typefaces are read and measured. No desk should wait for it."""

import threading
from contextlib import suppress
from pathlib import Path

from flask import current_app
from sqlmodel import Session

from expo.badges import queries
from expo.badges.prints.preview import sample_job
from expo.editions.models import Edition
from expo.press import Job, press_of
from expo.press.engine import PressProblem

_begun = threading.Event()


def get_ready(session: Session, edition: Edition, language: str) -> None:
    """Let the press of this process set badges of invented people beside the requests, once, when somebody
    comes to a desk: who then prints a badge has it in less than a second."""
    if _begun.is_set():
        return
    _begun.set()
    look = queries.look_of_kind(session, edition, "visitor")
    job = sample_job(session, edition, look.design, [], language)
    instance = current_app.extensions["expo_settings"].instance
    threading.Thread(target=_set, args=(instance, job), daemon=True).start()


def _set(instance: Path, job: Job) -> None:
    with suppress(PressProblem):  # a badge that cannot be set says so when it is printed
        press_of(instance).pdf(job)
