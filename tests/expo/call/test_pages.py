"""The public call and the console's pages of proposals."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from expo.call.models import CallForTalks, Criterion, Proposal, ProposalSpeaker, Remark, Review
from expo.call.services import deciding, settings
from expo.forums.models import Talk
from expo.outbox.models import Mail
from tests.expo.call.test_services import a_proposal, open_call
from tests.expo.forums.content.test_pages import form_of
from tests.make import a_forum, an_edition
from tests.page import problems
from tests.signing import a_user, sign_in

CONSOLE = "console/proposals"


@pytest.fixture
def house(session):
    edition = an_edition(session)
    a_forum(session, edition, code="F0", is_main=True, name={"en": "Energy"})
    open_call(session, edition, is_anonymous=True)
    session.commit()
    return edition


TYPED = {
    "title": "Honey by rail", "abstract": "How it travels.", "written_in": "en", "kind": "talk",
    "minutes": "30", "language": "ru", "forum": "F0",
    "speakers-0-name": "Anna Li", "speakers-0-email": "anna@example.org",
    "speakers-1-name": "", "speakers-1-email": "", "act": "hand-in",
}  # fmt: skip


def test_a_stranger_proposes_a_talk_and_changes_it_by_the_link(client, session, house):
    for language in ("en", "ur"):
        for page in ("call", "call/new"):
            answer = client.get(f"/{house.code}/{page}?lang={language}")
            assert (answer.status_code, problems(answer.text)) == (200, [])
    made = client.post(f"/{house.code}/call/new", data=TYPED)
    assert made.status_code == 302
    page = client.get(f"{made.location}?lang=ur")
    assert (page.status_code, problems(page.text)) == (200, [])
    typed = form_of(client.get(f"{made.location}?lang=en")) | {"title": "Honey by road", "act": "keep"}
    assert client.post(made.location, data=typed).status_code == 302
    proposal = session.exec(select(Proposal)).one()
    assert (proposal.title, proposal.state, proposal.confirmed_at) == ("Honey by road", "submitted", None)
    stale = client.post(made.location, data=typed | {"title": "Third"})
    assert ("another window" in stale.text, "Third" in stale.text) == (True, True)
    mail = session.exec(select(Mail)).one()
    assert "Honey" not in mail.subject + mail.body
    link = re.search(r"/[^/\s]+/call/mine/\S+", mail.body)[0]
    assert client.get(link).status_code == 200
    session.expire_all()
    assert proposal.confirmed_at is not None
    assert client.post(f"{link}/erase").status_code == 302
    assert client.post(f"{link}/withdraw").status_code == 302
    assert client.post(f"{link}/erase").location.endswith("/call")
    assert session.exec(select(Proposal)).all() == []


def test_a_mistake_keeps_what_was_typed(client, session, house):
    page = client.post(f"/{house.code}/call/new", data=TYPED | {"speakers-0-email": "nobody at all"})
    assert (page.status_code, "is not an e-mail address" in page.text, "How it travels." in page.text) == (
        200, True, True,
    )  # fmt: skip
    odd = {"minutes": "9999999999", "kind": "break", "forum": "NOSUCH", "language": "xx", "title": "x" * 5000}
    assert client.post(f"/{house.code}/call/new", data=TYPED | odd).status_code == 200
    assert session.exec(select(Proposal)).all() == []


def test_strangers_cannot_flood_the_call(client, session, house):
    answers = [client.post(f"/{house.code}/call/new", data=TYPED).status_code for _n in range(7)]
    assert (answers.count(302), answers.count(200)) == (5, 2)
    assert len(session.exec(select(Proposal)).all()) == 5


def test_a_lost_link_is_mailed_again_to_those_who_proposed(client, session, house):
    client.post(f"/{house.code}/call/new", data=TYPED)
    before = session.exec(select(Mail)).one().body
    answers = []
    for address in ("ANNA@example.org", "stranger@example.org"):
        answer = client.post(f"/{house.code}/call/link", data={"email": address}, follow_redirects=True)
        answers.append((answer.status_code, "on its way" in answer.text, problems(answer.text)))
    assert answers == [(200, True, [])] * 2
    mails = session.exec(select(Mail).order_by(Mail.id)).all()
    assert [mail.recipient for mail in mails] == ["anna@example.org"] * 2
    link = re.search(r"/[^/\s]+/call/mine/\S+", before)[0]
    assert client.get(link).status_code == 404  # the newer one took its place
    typed = {"email": "stranger@example.org"}
    tries = [client.post(f"/{house.code}/call/link", data=typed).status_code for _n in range(5)]
    assert (tries.count(302), tries.count(200)) == (4, 1)


def test_languages_are_chosen_by_name(client, session, house):
    page = client.get(f"/{house.code}/call/new?lang=en").text
    assert ('name="speakers-0-languages"' in page, "Codes such as" in page) == (True, False)
    told = client.post(f"/{house.code}/call/new", data=TYPED | {"speakers-0-languages": ["xx"]})
    assert told.status_code == 200
    made = client.post(f"/{house.code}/call/new", data=TYPED | {"speakers-0-languages": ["ru", "en"]})
    assert made.status_code == 302
    assert sorted(session.exec(select(ProposalSpeaker.languages)).one()) == ["en", "ru"]


def test_an_organiser_reads_no_review_of_their_own_proposal(client, session, house):
    made = a_proposal(session, house)
    session.commit()
    me = sign_in(client, session, role="organiser", edition=house)
    other = a_user(session, name="Rita")
    session.add(Review(proposal_id=made.id, user_id=other.id, text="A secret."))
    own = session.exec(select(ProposalSpeaker).where(ProposalSpeaker.proposal_id == made.id)).first()
    own.email = me.email
    session.add(own)
    session.commit()
    page = client.get(f"/{house.code}/{CONSOLE}/{made.code}?lang=en").text
    assert ("A secret." in page, "of your own" in page) == (False, True)


def test_nothing_opens_without_its_link_or_in_another_edition(client, session, house):
    made = client.post(f"/{house.code}/call/new", data=TYPED)
    other = an_edition(session)
    session.commit()
    token = made.location.rsplit("/", 1)[1]
    for address in (f"/{other.code}/call/mine/{token}", f"/{house.code}/call/mine/x"):
        assert client.get(address).status_code == 404
        assert client.post(f"{address}/withdraw").status_code == 404
    assert client.get(f"/{other.code}/call").status_code == 404


def test_a_closed_call_says_so(client, session, house):
    call = session.exec(select(CallForTalks)).one()
    call.opens_at -= timedelta(days=9)
    call.closes_at -= timedelta(days=9)
    session.add(call)
    session.commit()
    assert "closed since" in client.get(f"/{house.code}/call?lang=en").text
    assert client.get(f"/{house.code}/call/new").status_code == 302


def test_a_reviewer_of_an_anonymous_call_judges_without_names(client, session, house):
    made = a_proposal(session, house)
    session.commit()
    sign_in(client, session, role="reviewer", edition=house)
    for page in ("", f"/{made.code}"):
        answer = client.get(f"/{house.code}/{CONSOLE}{page}?lang=ur")
        assert (answer.status_code, problems(answer.text)) == (200, [])
        assert [word in answer.text for word in ("Anna", "anna@", "a screen")] == [False] * 3
    assert made.code not in client.get(f"/{house.code}/{CONSOLE}?q=Anna").text
    address = f"/{house.code}/{CONSOLE}/{made.code}"
    scores = {f"score-{number}": "4" for number in session.exec(select(Criterion.id))}
    client.get(f"{address}?lang=en")
    assert "every criterion a score" in client.post(address, data={"text": "x"}).text
    wild = client.post(address, data=dict.fromkeys(scores, "99999999999999999999"))
    assert (wild.status_code, "beyond its criterion" in wild.text) == (200, True)
    assert client.post(address, data=scores | {"text": "Good."}).status_code == 302
    assert client.post(f"{address}/remark", data={"text": "Indeed."}).status_code == 302
    assert session.exec(select(Review.text)).all() == ["Good."]
    assert session.exec(select(Remark.text)).all() == ["Indeed."]
    for page in ("ranking", "letters", "call"):
        assert client.get(f"/{house.code}/{CONSOLE}/{page}").status_code == 403
    assert client.get(f"/{house.code}/{CONSOLE}.csv").status_code == 403
    assert client.post(f"/{house.code}/{CONSOLE}/decide").status_code == 403


def test_an_organiser_sets_the_call_up_ranks_decides_and_writes(client, session, house):
    made = a_proposal(session, house)
    session.commit()
    reviewer = a_user(session, name="Rita")
    sign_in(client, session, role="reviewer", edition=house, user=reviewer)
    sign_in(client, session, role="organiser", edition=house)
    pages = ("", "/ranking?sort=median", "/letters", "/letters/accepted", "/call", f"/{made.code}")
    for page in pages:
        mark = "&" if "?" in page else "?"
        answer = client.get(f"/{house.code}/{CONSOLE}{page}{mark}lang=ur")
        assert (answer.status_code, problems(answer.text)) == (200, []), page
    typed = form_of(client.get(f"/{house.code}/{CONSOLE}/call")) | {
        "lengths": "20; 45, x",
        "criteria-0-en": "",
    }
    typed |= {f"criteria-0-{code}": "" for code in ("zh", "ru", "ur")}
    assert client.post(f"/{house.code}/{CONSOLE}/call", data=typed).status_code == 302
    session.expire_all()
    assert settings.call_of(session, house).lengths == [20, 45]
    assert len(settings.criteria_of(session, house)) == 2
    client.post(f"/{house.code}/{CONSOLE}/reviewers", data={f"forums-{reviewer.id}": "F0"})
    assert settings.reviewers(session, house)[0][1] == ["F0"]
    words = {"subject-en": "Yes, {title}", "body-en": "Dear {name}"}
    assert client.post(f"/{house.code}/{CONSOLE}/letters/accepted", data=words).status_code == 302
    data = {"proposal": made.code, "act": "accepted"}
    assert client.post(f"/{house.code}/{CONSOLE}/decide", data=data).status_code == 302
    assert session.exec(select(Talk.code)).one() == made.code
    assert client.post(f"/{house.code}/{CONSOLE}/letters/send", data={"kind": "accepted"}).status_code == 302
    mail = session.exec(select(Mail)).one()
    assert (mail.subject, mail.body.startswith("Dear Anna Li\n\nhttp")) == ("Yes, Honey by rail", True)
    assert client.get(re.search(r"/[^/\s]+/on-stage/\S+", mail.body)[0]).status_code == 200
    assert "Honey by rail" in client.get(f"/{house.code}/{CONSOLE}.csv").text
    assert client.get(f"/{house.code}/{CONSOLE}.xlsx").data[:2] == b"PK"


def test_what_is_decided_is_not_shown_before_it_is_told(client, session, house):
    made = client.post(f"/{house.code}/call/new?lang=en", data=TYPED)
    proposal = session.exec(select(Proposal)).one()
    deciding.decide(session, house, [proposal.code], "rejected")
    session.commit()
    assert "Not accepted" not in client.get(made.location).text
    deciding.tell(session, house, ["rejected"], lambda reader: ("Subject", "Body"))
    session.commit()
    assert "Not accepted" in client.get(made.location).text
