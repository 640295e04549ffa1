"""Printing many badges as a job with progress, taken up again where a dead worker left it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlmodel import Session

from expo.accounts.models import User
from expo.badges import prints, queries, services
from expo.badges.keys import badge_key
from expo.badges.models import BadgeBatch
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.jobs.handlers import handler, periodic
from expo.press.apart import Apart, apart
from expo.registration.queries import PeopleFilter
from expo.web.keeping import keep_file, print_path
from expo.words import say

MOST_TOLD = 2000
"""Of words that did not fit, kept with a print."""


@handler("badges.print")
def print_badges(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Arguments: see `asked_of`; language, order. What was made already is not made again."""
    edition = session.get_one(Edition, job.edition_id)
    batch = _batch(session, edition, job)
    total = sum(len(ids) for _version, ids in batch.plan)
    report.progress(0, total, message=say("Setting names and codes."))
    target = print_path(current_app.extensions["expo_settings"].instance, "badges", edition.code, job.id)
    parts, printed = target.with_suffix(".parts"), dict[int | None, list[int]]()
    parts.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfit: list[Any] = []
    looks = queries.looks(session, edition, [version for version, _ids in batch.plan])
    done = 0
    with apart(current_app.extensions["expo_settings"].instance) as press:
        for number, (version, ids) in enumerate(batch.plan):
            part = Part(parts / f"{number:05}.pdf", looks[version], ids)
            told = part.made(session, edition, batch.language, press)
            unfit += told["unfit"]
            printed.setdefault(version, []).extend(told["badges"])
            done += len(ids)
            report.progress(done, total, message=say("%(done)s of %(total)s badges.", done=done, total=total))
            if report.cancelled():
                shutil.rmtree(parts, ignore_errors=True)
                return {}
    report.progress(done, total, message=say("Putting the sheets together."))
    whole = [path for path in sorted(parts.glob("*.pdf")) if path.stat().st_size]
    if not whole:
        raise Refused(say("Every badge of this print was revoked meanwhile. Start a new one."))
    with apart(current_app.extensions["expo_settings"].instance) as press:
        pages = press.join(whole, target.with_suffix(".whole"))
    keep_file(target, target.with_suffix(".whole"))
    session.info["printer"] = _name_of(session, job)
    for version, ids in printed.items():
        services.mark_printed(session, edition, ids, version)
    batch.unfit, batch.finished_at = unfit[:MOST_TOLD], now()
    shutil.rmtree(parts, ignore_errors=True)
    count = sum(map(len, printed.values()))
    return {
        "badges": count,
        "sheets": pages,
        "left_out": total - count,
        "unfit": len(unfit),
        "bytes": target.stat().st_size,
        "link": {"endpoint": "badges.badge_report", "values": {"job_id": job.id}},
    }


def asked_of(arguments: dict[str, Any]) -> queries.Wanted:
    """The filter of a print: words, people (a kind), country, ticket, answer, exhibitor, organisation, since,
    only_new."""
    since = arguments.get("since")
    return queries.Wanted(
        PeopleFilter(
            arguments.get("words", ""),
            arguments.get("people", ""),
            arguments.get("country", ""),
            ticket=arguments.get("ticket", ""),
            answer=arguments.get("answer", ""),
        ),
        exhibitor=arguments.get("exhibitor", ""),
        organisation=arguments.get("organisation", ""),
        since=datetime.fromisoformat(since) if since else None,
        only_new=bool(arguments.get("only_new")),
    )


def _batch(session: Session, edition: Edition, job: Any) -> BadgeBatch:
    """What this job prints, settled when it is first run: people who register meanwhile come next time."""
    found = queries.batch_of(session, job.id)
    if found:
        return found
    wanted, language = asked_of(job.arguments), job.arguments.get("language", "en")
    services.issue_all(session, edition, wanted)
    rows = queries.planned(session, edition, wanted, job.arguments.get("order", "kind"), language)
    prints.must_be_some(rows)
    services.ensure_keys(session, edition, badge_key(current_app.extensions["expo_settings"]))
    plan = [[version, ids] for version, ids in prints.plan_of(session, edition, rows)]
    batch = BadgeBatch(edition_id=edition.id, job_id=job.id, language=language, plan=plan)
    session.add(batch)
    session.commit()
    return batch


@dataclass(frozen=True)
class Part:
    """One chunk on disk."""

    path: Path
    look: queries.Look
    badge_ids: list[int]

    def made(self, session: Session, edition: Edition, language: str, press: Apart) -> dict[str, Any]:
        """What is told of it; it is made unless it lies there whole: what is told was written first."""
        told = self.path.with_suffix(".json")
        if self.path.exists() and told.exists():
            return json.loads(told.read_text())
        rows = queries.bearers(session, edition, self.badge_ids)
        chunk = prints.chunk_pdf(session, edition, language, self.look, rows, press=press) if rows else None
        result = {"unfit": chunk.unfit if chunk else [], "badges": chunk.badge_ids if chunk else []}
        told.write_text(json.dumps(result, ensure_ascii=False))
        fresh = self.path.with_suffix(".new")
        fresh.write_bytes(chunk.document if chunk else b"")
        fresh.replace(self.path)
        return result


def _name_of(session: Session, job: Any) -> str:
    user = session.get(User, job.created_by) if job.created_by else None
    return user.name if user else ""


@periodic("badges.keys")
def write_down_keys(open_session: Callable[[], Session]) -> None:
    """Editions whose badges were printed before they had keys of their own get those gates read."""
    with open_session() as session:
        for edition in queries.without_keys(session):
            services.ensure_keys(session, edition, badge_key(current_app.extensions["expo_settings"]))
        session.commit()
