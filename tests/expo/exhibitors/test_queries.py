"""Who counts as partners: both sides have said so, in one way or the other."""

from expo.exhibitors.models import Partnership, Wish
from expo.exhibitors.queries import accepted_partners
from tests.make import an_edition, an_exhibitor


def test_partners_are_those_of_whom_both_said_so(session):
    edition = an_edition(session)
    a, b, c, d, gone = (
        an_exhibitor(session, edition, code=code, state=state)
        for code, state in (("A", "accepted"), ("B", "accepted"), ("C", "accepted"), ("D", "accepted"),
                            ("E", "withdrawn"))
    )  # fmt: skip
    session.add_all(
        [
            Partnership(edition_id=edition.id, asker_id=b.id, asked_id=a.id, words="A", state="accepted"),
            Partnership(edition_id=edition.id, asker_id=a.id, asked_id=c.id, words="C"),
            Partnership(edition_id=edition.id, asker_id=a.id, asked_id=gone.id, words="E", state="accepted"),
            Wish(exhibitor_id=c.id, rank=1, kind="beside", target="D"),
            Wish(exhibitor_id=d.id, rank=1, kind="beside", target="C"),
            Wish(exhibitor_id=d.id, rank=2, kind="beside", target="A"),
        ]
    )
    session.flush()
    assert accepted_partners(session, edition) == (("A", "B"), ("C", "D"))
    assert accepted_partners(session, an_edition(session)) == ()
