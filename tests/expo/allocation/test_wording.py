"""Every reason that the solver can give has its sentence."""

import re
from pathlib import Path

from expo.allocation import explain, outcomes, refusals
from expo.allocation.wording import MESSAGES, reason, wish_name

SOURCE = "".join(
    Path(module.__file__).read_text(encoding="utf-8") for module in (explain, outcomes, refusals)
)


def test_every_reason_code_has_a_sentence():
    given = set(re.findall(r'Reason\(\s*"(\w+)"', SOURCE)) | {"too_large", "no_such_size"}
    assert given - MESSAGES.keys() == set()


def test_figures_are_put_in():
    kept = {
        "code": "taken",
        "figures": {
            "units": ["A-02", "A-01"],
            "holders": ["EX7"],
            "price": 1200.0,
            "own_price": 900,
            "worth": 1100,
            "blocks": 3,
            "gain": 200,
            "extra": 300,
        },
    }
    assert str(reason(kept)) == (
        "A-01, A-02 went to EX7: to others it was worth 1200 points, your place 900."
        " Places that fulfil the wish: 3."
    )
    assert str(reason(kept | {"code": "outweighed"})) == (
        "A-01, A-02 went to EX7: it would have been worth 200 points more to you than your place,"
        " but to others 300 more. Places that fulfil the wish: 3."
    )


def test_a_wish_says_what_was_wished_for():
    assert str(wish_name({"kind": "beside", "target": "EX7"})) == "Beside EX7"
    assert str(wish_name({"kind": "?", "target": ""})) == "A wish of an unknown kind"
