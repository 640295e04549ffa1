"""What goes on around the reference programme: a call, the opening's run sheet, stars, a second version."""

import secrets
from datetime import timedelta
from random import Random

from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.board.services import offers
from expo.call.models import Proposal
from expo.call.services import deciding, proposing, reviewing, settings
from expo.ceremony import services as ceremony
from expo.clock import now
from expo.editions.models import Edition
from expo.forums import services as forums
from expo.forums.models import Forum, Slot, Speaker, Talk, TalkSpeaker
from expo.stars import services as stars
from matchmaking.demo.vocabulary.proposals import IDEAS, ITEMS, Idea

BROWSERS, MOVES = 40, 3
NOTE = {
    "en": "Three talks have moved; everything else stays.",
    "zh": "三场报告有调整，其余不变。",
    "ru": "Три доклада перенесены, остальное без изменений.",
    "ur": "تین خطاب منتقل ہوئے ہیں، باقی سب ویسے ہی ہے۔",
}
CALL = {
    "en": "We look for talks from practice: what works across borders, in figures, without advertising.",
    "zh": "征集来自实践的报告：跨境合作的有效做法，用数据说话，不做广告。",
    "ru": "Ждём доклады из практики: что работает через границы, в цифрах и без рекламы.",
    "ur": "ہمیں عملی تجربے پر مبنی خطاب درکار ہیں: سرحدوں کے پار کیا کامیاب ہے، اعداد میں، اشتہار کے بغیر۔",
}


def stage(session: Session, edition: Edition, seed: int) -> bool:
    """Fill in what people do once a programme is out; not a second time."""
    if session.exec(select(Proposal.id).where(Proposal.edition_id == edition.id)).first():
        return False
    _star(session, edition, Random(f"{seed}:stars"))
    _run_sheet(session, edition)
    _move(session, edition)
    _call(session, edition)
    return True


def _star(session: Session, edition: Edition, draw: Random) -> None:
    """Browsers that nobody is known to stand behind."""
    codes = session.exec(
        select(Talk.code)
        .join(Slot, Slot.talk_id == Talk.id)
        .where(Talk.edition_id == edition.id)
        .order_by(Talk.code)
    ).all()
    for _number in range(BROWSERS):
        reader = stars.Reader(language=draw.choice(("en", "zh", "ru", "ur")))
        follower, _token = stars.follow(session, edition, reader)
        stars.set_stars(
            session, edition, follower, dict.fromkeys(draw.sample(codes, draw.randint(1, 8)), True)
        )


def _run_sheet(session: Session, edition: Edition) -> None:
    """The opening ceremony; its guests by rank, the first two sign."""
    talk = ceremony.ceremonies(session, edition)[0]
    people = session.exec(
        select(Speaker)
        .join(TalkSpeaker, TalkSpeaker.speaker_id == Speaker.id)
        .where(TalkSpeaker.talk_id == talk.id, TalkSpeaker.role == "speaker")
        .order_by(Speaker.code)
    ).all()
    guests = [
        ceremony.save_guest(
            session, edition, None,
            {
                "name": one.name, "organisation": one.organisation, "country": one.country,
                "rank": rank, "title": one.title, "since": edition.starts_on,
            },
        )
        for rank, one in enumerate(people, 1)
    ]  # fmt: skip
    parts = {"Words of welcome": ("speaks", guests[:1]), "Opening of the expo": ("presents", guests[:3])}
    for kind, title, minutes in ITEMS:
        values = {
            "kind": kind, "title": {"en": title}, "minutes": minutes, "turnover_min": 1, "stage": {},
            "cue": {},
        }  # fmt: skip
        item = ceremony.add_item(session, edition, talk, values)
        role, some = parts.get(title, ("speaks" if kind == "speech" else "attends", guests[1:]))
        if kind == "signing":
            role, some = "signs", guests[:2]
            for guest in guests[2:4]:
                ceremony.set_part(session, item, guest, "witnesses")
        for guest in [] if kind == "film" else some:
            ceremony.set_part(session, item, guest, role)


def _move(session: Session, edition: Edition) -> None:
    """A few talks find a better place; a second version says so."""
    codes = session.exec(
        select(Talk.code)
        .join(Slot, Slot.talk_id == Talk.id)
        .where(Talk.edition_id == edition.id, Talk.kind == "talk", Slot.locked.is_(False))
        .order_by(Talk.code)
    ).all()
    moved = 0
    for code in codes:
        free = [one for one in offers(session, edition, code) if not one.displaced]
        if free:
            forums.place(session, edition, [forums.Move(code, forums.Spot(free[0].room, free[0].start))])
            moved += 1
        if moved == MOVES:
            break
    if moved:
        forums.release(session, edition, note=NOTE)


def _call(session: Session, edition: Edition) -> None:
    values = {
        "opens_at": now() - timedelta(days=20), "closes_at": now() + timedelta(days=40), "text": CALL,
        "forums": [], "kinds": ["talk", "panel", "workshop"], "lengths": [20, 30, 45], "languages": [],
        "is_anonymous": True, "reviews_wanted": 2, "most_speakers": 3,
    }  # fmt: skip
    settings.save_call(session, edition, values)
    reviewers = [_reviewer(session, edition, number) for number in (1, 2)]
    forums_there = session.exec(
        select(Forum.code).where(Forum.edition_id == edition.id, Forum.kind == "forum").order_by(Forum.code)
    ).all()
    for number, idea in enumerate(IDEAS):
        proposal = _propose(session, edition, idea, forums_there[number % len(forums_there)], number)
        criteria = settings.criteria_of(session, edition)
        for user, scores in zip(reviewers, idea.scores, strict=False):
            who = reviewing.Who(user.id or 0, user.email, False)
            given = {} if scores is None else {c.id or 0: s for c, s in zip(criteria, scores, strict=True)}
            reviewing.save_review(session, edition, proposal, who, given, "", scores is None)
        if idea.state in ("accepted", "waiting", "rejected"):
            deciding.decide(session, edition, [proposal.code], idea.state)
        elif idea.state == "withdrawn":
            proposing.withdraw(session, proposal)


def _reviewer(session: Session, edition: Edition, number: int) -> User:
    """Somebody who judges; nobody knows the password."""
    email = f"reviewer-{number}@demo.example"
    user = session.exec(select(User).where(User.email == email)).one_or_none()
    user = user or accounts.create_user(session, email, f"Demo Reviewer {number}", secrets.token_urlsafe(12))
    accounts.grant(session, user, Role.REVIEWER, edition.id, None)
    return user


def _propose(session: Session, edition: Edition, idea: Idea, forum: str, number: int) -> Proposal:
    values = {
        "title": idea.title, "abstract": idea.about, "written_in": "en", "kind": "talk",
        "minutes": idea.minutes, "language": idea.language, "availability": "", "notes": "", "forum": forum,
    }  # fmt: skip
    speaker = {
        "name": idea.speaker, "email": f"proposer-{number + 1}@stage.example", "country": idea.country,
        "organisation": idea.organisation, "biography": "",
        "languages": list(dict.fromkeys((idea.language, "en"))),
    }  # fmt: skip
    proposal = proposing.begin(session, edition, values, [speaker])
    proposal.code = f"PRP{number:03d}"  # the same for the same seed
    session.flush()
    if idea.state != "draft":
        proposing.hand_in(session, edition, proposal)
    return proposal
