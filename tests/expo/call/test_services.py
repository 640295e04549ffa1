"""Proposals from the first draft to a talk."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.call import queries
from expo.call.models import Proposal, ProposalLink, ProposalSpeaker, Review, ReviewerForum
from expo.call.queries import ProposalFilter
from expo.call.services import deciding, proposing, reviewing, settings
from expo.call.services.reviewing import Who
from expo.clock import now
from expo.errors import Refused
from expo.forums.models import Speaker, Talk, TalkSpeaker
from expo.forums.services import answering
from expo.outbox.models import Mail
from tests.make import a_forum, a_speaker, an_edition
from tests.signing import a_user

VALUES = {
    "title": "Honey by rail", "abstract": "How it travels.", "written_in": "en", "kind": "talk",
    "minutes": 30, "language": "ru", "forum": "F0", "availability": "mornings", "notes": "a screen",
}  # fmt: skip
ANNA = {
    "name": "Anna Li", "email": "Anna@Example.org", "organisation": "Honey", "country": "KG",
    "biography": "Bees.", "languages": ["ru", "en"],
}  # fmt: skip
ALL = ProposalFilter()


def open_call(session, edition, **given):
    values = {
        "opens_at": now() - timedelta(days=1), "closes_at": now() + timedelta(days=1), "text": {},
        "forums": [], "kinds": ["talk"], "lengths": [30], "languages": [], "is_anonymous": False,
        "reviews_wanted": 2, "most_speakers": 2,
    }  # fmt: skip
    return settings.save_call(session, edition, values | given)


@pytest.fixture
def house(session):
    edition = an_edition(session)
    a_forum(session, edition, code="F0", is_main=True)
    a_forum(session, edition, code="F1")
    open_call(session, edition)
    return edition


def a_proposal(session, edition, handed_in=True, **given) -> Proposal:
    made = proposing.begin(session, edition, VALUES | given, [ANNA])
    if handed_in:
        proposing.hand_in(session, edition, made)
    return made


def a_reviewer(session, name="rita", manages=False) -> Who:
    user = a_user(session, email=f"{name}@example.org")
    return Who(user.id, user.email, manages)


def best(session, edition, share=1.0):
    return {one.id: int(one.best * share) for one in settings.criteria_of(session, edition)}


def test_a_draft_is_kept_changed_handed_in_and_taken_back(session, house):
    made = a_proposal(session, house, handed_in=False, abstract="")
    token, _until = proposing.fresh_link(session, made, is_mailed=False)
    mailed, _until = proposing.fresh_link(session, made, is_mailed=True)
    assert (proposing.opened(session, house, token).confirmed_at, made.state) == (None, "draft")
    assert proposing.opened(session, house, mailed).confirmed_at is not None
    assert proposing.opened(session, an_edition(session), token) is None
    with pytest.raises(Refused, match="few sentences"):
        proposing.hand_in(session, house, made)
    proposing.change(session, house, made, VALUES | {"title": "New"}, [ANNA], made.version)
    with pytest.raises(Refused, match="another window"):
        proposing.change(session, house, made, VALUES, [ANNA], made.version - 1)
    proposing.hand_in(session, house, made)
    assert (made.state, made.title, proposing.speakers_of(session, made)[0].email) == (
        "submitted", "New", "anna@example.org",
    )  # fmt: skip
    with pytest.raises(Refused, match="Withdraw it first"):
        proposing.erase(session, made)
    proposing.withdraw(session, made)
    proposing.erase(session, made)
    assert session.exec(select(Proposal)).all() == session.exec(select(ProposalLink)).all() == []


def test_nothing_is_taken_before_or_after_the_call_and_nonsense_is_refused(session, house):
    made = a_proposal(session, house, handed_in=False)
    for people, sentence in (
        ([], "Say who proposes"),
        ([ANNA | {"email": "nobody"}], "is not an e-mail address"),
        ([ANNA] * 3, "No more than 2"),
    ):
        with pytest.raises(Refused, match=sentence):
            proposing.begin(session, house, VALUES, people)
    open_call(session, house, opens_at=now() - timedelta(days=2), closes_at=now() - timedelta(days=1))
    for act in (
        lambda: a_proposal(session, house),
        lambda: proposing.hand_in(session, house, made),
        lambda: proposing.change(session, house, made, VALUES, [ANNA], made.version),
    ):
        with pytest.raises(Refused):
            act()
    proposing.withdraw(session, made)
    assert made.state == "withdrawn"


def test_reviewers_see_their_forums_and_never_their_own(session, house):
    made, other = a_proposal(session, house), a_proposal(session, house, forum="F1")
    a_proposal(session, house, handed_in=False)
    rita, anna, boss = (
        a_reviewer(session), a_reviewer(session, "anna"), a_reviewer(session, "boss", manages=True)
    )  # fmt: skip
    settings.save_reviewer_forums(session, house, {rita.user_id: ["F1", "NOSUCH"]})
    assert session.exec(select(ReviewerForum.user_id)).all() == [rita.user_id]
    assert reviewing.proposal_for(session, house, rita, made.code) is None
    assert reviewing.proposal_for(session, house, rita, other.code) is other
    assert queries.count(session, house, anna, ALL, True) == 0
    assert queries.count(session, house, boss, ALL, True) == 3
    assert queries.count(session, house, boss, ProposalFilter(words="anna"), False) == 0
    assert queries.count(session, house, boss, ProposalFilter(words="anna"), True) == 3
    with pytest.raises(Refused, match="of their own"):
        reviewing.save_review(session, house, made, anna, best(session, house))


def test_the_others_and_the_discussion_open_after_ones_own_review(session, house):
    made, rita, ben = a_proposal(session, house), a_reviewer(session), a_reviewer(session, "ben")
    reviewing.save_review(session, house, made, rita, best(session, house), "Good.")
    assert reviewing.reviews_of(session, made, ben) == []
    with pytest.raises(Refused, match="your review first"):
        reviewing.remark(session, made, ben, "Hello")
    with pytest.raises(Refused, match="every criterion"):
        reviewing.save_review(session, house, made, ben, {})
    reviewing.save_review(session, house, made, ben, {}, "secret", abstains=True)
    assert (reviewing.reviews_of(session, made, ben), reviewing.may_discuss(session, made, ben)) == (
        [],
        False,
    )
    reviewing.save_review(session, house, made, ben, best(session, house, 0), "Bad.")
    assert [row.review.text for row in reviewing.reviews_of(session, made, ben)] == ["Good."]
    reviewing.remark(session, made, ben, "Why?")
    assert [row.text for row in reviewing.remarks_of(session, made, rita)] == ["Why?"]
    line = queries.lines(session, house, rita, ALL, True)[0]
    assert (line.standing.mean, line.standing.spread, line.standing.reviews, line.mine) == (50, 50, 2, "done")
    assert reviewing.left_to_review(session, house, rita) == 0
    assert len(session.exec(select(Review)).all()) == 2


def test_accepting_makes_a_talk_with_its_people_once(session, house):
    known = a_speaker(session, house, code="SP007", email="anna@example.org")
    made, loose = a_proposal(session, house), a_proposal(session, house, forum="")
    with pytest.raises(Refused, match="belongs to no forum"):
        deciding.decide(session, house, [loose.code], "accepted")
    deciding.give_forum(session, house, loose, "F1")
    assert deciding.decide(session, house, [made.code, loose.code, "NOSUCH"], "accepted") == 2
    assert deciding.decide(session, house, [made.code], "accepted") == 0
    talks = session.exec(select(Talk).order_by(Talk.id)).all()
    assert [(talk.state, talk.title, talk.minutes, talk.code) for talk in talks] == [
        ("accepted", {"en": "Honey by rail"}, 30, made.code),
        ("accepted", {"en": "Honey by rail"}, 30, loose.code),
    ]
    assert session.exec(select(TalkSpeaker.speaker_id)).all() == [known.id, known.id]
    with pytest.raises(Refused, match="stands at: Accepted"):
        deciding.decide(session, house, [made.code], "rejected")
    with pytest.raises(Refused, match="can no longer be changed"):
        proposing.withdraw(session, made)


def test_all_or_none_are_decided(session, house):
    made, gone = a_proposal(session, house), a_proposal(session, house)
    proposing.withdraw(session, gone)
    session.commit()
    with pytest.raises(Refused, match="Nothing was decided"):
        deciding.decide(session, house, [made.code, gone.code], "rejected")
    session.rollback()
    assert made.state == "submitted"


def test_each_decision_is_written_once_and_the_link_lets_the_speaker_confirm(session, house):
    made, other = a_proposal(session, house), a_proposal(session, house, title="Rails")
    deciding.decide(session, house, [made.code, other.code], "accepted")
    seen = []

    def write(reader):
        seen.append(reader)
        return "Subject", "Body"

    assert deciding.tell(session, house, ["accepted"], write) == 2
    assert deciding.tell(session, house, ["accepted"], write) == 0
    assert [mail.kind for mail in session.exec(select(Mail))] == ["call.decision"] * 2
    for reader in seen:
        person, _link = answering.owner_of(session, house, reader.token)
        assert answering.confirm(session, person, reader.proposal.code).state == "confirmed"
    assert len(session.exec(select(Speaker)).all()) == 1
    assert session.exec(select(ProposalSpeaker.speaker_id).distinct()).one() is not None


def test_criteria_keep_their_order_and_their_best(session, house):
    first, *rest = settings.criteria_of(session, house)
    rows = [
        {"id": rest[0].id, "name": {"en": "Use"}, "weight": 9, "best": 5},
        {"id": first.id, "name": first.name, "weight": 1, "best": 5},
        {"id": None, "name": {"en": "New"}, "weight": 1, "best": 3},
    ]
    settings.save_criteria(session, house, rows)
    assert [(one.name["en"], one.weight) for one in settings.criteria_of(session, house)] == [
        ("Use", 9), ("Substance", 1), ("New", 1),
    ]  # fmt: skip
    with pytest.raises(Refused, match="best score of a criterion stays"):
        settings.save_criteria(session, house, [rows[0] | {"best": 2}])
