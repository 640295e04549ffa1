"""Forms of requests: ask, propose, write, report; the organiser's rules. Shape only."""

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from expo.web import HouseForm, IntegerField, _l
from matchmaking.requests.texts import LONGEST


class AskForm(HouseForm):
    """A request: a must or not, a time, a message."""

    must = BooleanField(_l("A must: I do not want to leave without this meeting"))
    wish = SelectField(_l("Time"), validate_choice=False)
    message = TextAreaField(
        _l("Message"),
        [Length(max=LONGEST + 200)],
        description=_l("Plain text. Say in a sentence or two what you want to talk about."),
        render_kw={"rows": 4, "maxlength": LONGEST},
    )
    once = HiddenField(validators=[Length(max=64)])


class ProposeForm(HouseForm):
    """Another time."""

    wish = SelectField(_l("Another time"), [InputRequired()], validate_choice=False)


class MessageForm(HouseForm):
    """A message."""

    body = TextAreaField(
        _l("Message"),
        [InputRequired(), Length(max=LONGEST + 200)],
        render_kw={"rows": 4, "maxlength": LONGEST},
    )
    once = HiddenField(validators=[Length(max=64)])


class ReportForm(HouseForm):
    """What is wrong with the messages."""

    words = StringField(_l("What is wrong?"), [InputRequired(), Length(max=500)])


def _count(label, low: int, high: int, hint: str = ""):
    return IntegerField(label, [InputRequired(), NumberRange(low, high)], description=hint)


class RulesForm(HouseForm):
    """The organiser's rules."""

    open_buyer = _count(_l("Unanswered requests of a buyer at most"), 0, 1000)
    open_supplier = _count(_l("Unanswered requests of an exhibitor at most"), 0, 1000)
    must_buyer = _count(_l("Must-meets of a buyer at most"), 0, 1000)
    must_supplier = _count(_l("Must-meets of an exhibitor at most"), 0, 1000)
    lapse_hours = _count(
        _l("A request waits, in hours"),
        1,
        2160,
        _l("Then it lapses, and whoever asked is suggested somebody else."),
    )
    warn_hours = _count(_l("Warn before it lapses, in hours"), 0, 720, _l("0: no warning."))
    digest_hours = _count(
        _l("Hours between two letters to the same party, at least"),
        0,
        168,
        _l("All that is new goes into one letter."),
    )
