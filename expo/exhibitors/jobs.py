"""Deciding on hundreds of applications, left to the worker."""

from sqlmodel import Session

from expo.editions.models import Edition
from expo.exhibitors import services
from expo.jobs.handlers import handler
from expo.jobs.models import Job
from expo.web.language import in_language
from expo.words import say


@handler("applications.decide")
def decide(session: Session, job: Job, report) -> dict:
    """Decide on each; who changed meanwhile is left out. Done over from the start it decides on the rest."""
    edition = session.get_one(Edition, job.edition_id)
    given, done, left_out = job.arguments, 0, 0
    codes, step = given["codes"], 50
    for start in range(0, len(codes), step):
        decided, refused = services.decide_many(
            session, edition, given["wanted"], codes[start : start + step], given["reason"]
        )
        for exhibitor in decided:
            services.tell_decision(session, edition, exhibitor, given["wanted"], given["link"], in_language)
        done, left_out = done + len(decided), left_out + len(refused)
        report.progress(
            min(start + step, len(codes)), len(codes), message=say("%(done)s are decided.", done=done)
        )
    return {"decided": done, "left_out": left_out, "link": {"endpoint": "exhibitors.review_queue"}}
