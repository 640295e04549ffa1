"""Buttons without a page of their own say what became of them."""

from flask import get_flashed_messages

from expo.errors import Refused
from expo.web import telling
from expo.words import say


def test_what_was_done_is_said(app):
    with app.test_request_context():
        with telling("Done."):
            pass
        assert get_flashed_messages(with_categories=True) == [("good", "Done.")]


def test_a_refusal_is_said_and_nothing_else(app):
    with app.test_request_context():
        with telling("Done."):
            raise Refused(say("Stand %(code)s was taken.", code="A-07"))
        assert get_flashed_messages(with_categories=True) == [("bad", "Stand A-07 was taken.")]
