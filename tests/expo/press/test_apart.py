"""Several jobs side by side, each in a process of its own."""

from io import BytesIO

import pikepdf
import pytest

from expo.press import Job
from expo.press.apart import set_apart
from expo.press.engine import PressProblem


def card(title: str) -> Job:
    return Job(
        "card",
        {
            "title": title, "language": "en", "direction": "ltr", "width": 210, "height": 148,
            "fill": "#174a8f", "cards": [{"number": 0, "lines": []}],
        },
    )  # fmt: skip


def test_documents_come_in_their_order_without_tags(app):
    made = list(set_apart(app.extensions["expo_settings"].instance, [card("tea"), card("honey")]))
    opened = [pikepdf.open(BytesIO(one)) for one in made]
    assert [str(one.docinfo.Title) for one in opened] == ["tea", "honey"]
    assert not any("/StructTreeRoot" in one.Root for one in opened)


def test_what_cannot_be_set_is_told(app):
    with pytest.raises(PressProblem):
        list(set_apart(app.extensions["expo_settings"].instance, [Job("card", {})]))
