"""Queueing the import of a programme: by code, as the edition need not be there yet."""

from base64 import b64encode
from zlib import compress

from sqlalchemy import text
from sqlmodel import Session, select

from expo.jobs.models import Job
from expo.jobs.services import enqueue

KIND = "programme.import"


def queue_import(session: Session, code: str, data: bytes, zone: str, user_id: int) -> tuple[Job, bool]:
    """The import under that code that is not over yet, or a new one; and whether it is new.

    It belongs to no edition until it is done: one that fails leaves nothing behind.
    """
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:kind), hashtext(:code))"),
                    {"kind": KIND, "code": code})  # fmt: skip
    waiting = session.exec(
        select(Job).where(
            Job.kind == KIND, Job.state.in_(("queued", "running")), Job.arguments["code"].astext == code
        )
    ).first()
    if waiting:
        return waiting, False
    packed = b64encode(compress(data)).decode("ascii")
    return enqueue(session, KIND, edition_id=None, user_id=user_id, code=code, file=packed, zone=zone), True


def import_job(session: Session, job_id: int) -> Job | None:
    """The import of that number."""
    return session.exec(select(Job).where(Job.id == job_id, Job.kind == KIND)).one_or_none()
