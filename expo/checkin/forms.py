"""Forms of the gates' console."""

import re

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
    widgets,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from expo.checkin.words import AREA_KINDS, DIRECTIONS, REENTRY, WHEN_FULL
from expo.registration.kinds import NAMES
from expo.web import DateTimeLocalField, HouseForm, IntegerField, _l, words
from expo.web.texts import NamedForm, NameForm

CODE = Regexp(r"^[A-Za-z0-9_.-]+$", message=_l("Letters, digits, - . _ only."))
NEEDED = InputRequired(_l("Type a code."))


def stripped(value):
    """What was typed without blanks around it."""
    return value.strip() if isinstance(value, str) else value


def _number(value: str) -> int | None:
    return int(value) if re.fullmatch("[0-9]{1,9}", value or "") else None


def _choices(names: dict) -> list[tuple[str, str]]:
    return [(key, words(sentence)) for key, sentence in names.items()]


class AreaForm(NamedForm):
    """An area."""

    code = StringField(_l("Code"), [NEEDED, Length(max=40), CODE], filters=[stripped])
    name = FormField(NameForm, _l("Name"))
    kind = SelectField(_l("Kind"), choices=[])
    parent = SelectField(_l("Lies within"), choices=[], validators=[Optional()])
    people_limit = IntegerField(
        _l("Most people at a time"), [Optional(), NumberRange(1, 1_000_000)],
        description=_l("Empty: no limit."),
    )  # fmt: skip
    when_full = SelectField(_l("When it is full"), choices=[])

    def __init__(self, *args, areas=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = _choices(AREA_KINDS)
        self.when_full.choices = _choices(WHEN_FULL)
        self.parent.choices = [("", "–"), *((str(key), name) for key, name in areas)]

    def values(self) -> dict:
        """The area as the service takes it."""
        plain = ("code", "kind", "people_limit", "when_full")
        return {name: self[name].data for name in plain} | {
            "name": self["name"].data, "parent_id": _number(self.parent.data)
        }  # fmt: skip


class GateForm(NamedForm):
    """A gate."""

    code = StringField(_l("Code"), [NEEDED, Length(max=40), CODE], filters=[stripped])
    name = FormField(NameForm, _l("Name"))
    area = SelectField(_l("Leads into"), choices=[])
    direction = SelectField(_l("Direction"), choices=[])
    reentry = SelectField(_l("How often somebody may come in"), choices=[])
    passback_min = IntegerField(
        _l("Minutes before the same badge opens it again"),
        [InputRequired(), NumberRange(0, 1440)], default=0,
        description=_l("Keeps badges from being handed back over the fence. 0: no such rule."),
    )  # fmt: skip
    typed_codes = BooleanField(_l("Takes codes typed by hand"))
    active = BooleanField(_l("Open"), default=True)

    def __init__(self, *args, areas=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.area.choices = [(str(key), name) for key, name in areas]
        self.direction.choices = _choices(DIRECTIONS)
        self.reentry.choices = _choices(REENTRY)

    def values(self) -> dict:
        """The gate as the service takes it."""
        plain = ("code", "direction", "reentry", "passback_min", "typed_codes", "active")
        return {name: self[name].data for name in plain} | {
            "name": self["name"].data, "area_id": _number(self.area.data)
        }  # fmt: skip


class RuleForm(HouseForm):
    """Who may enter an area when."""

    kind = SelectField(_l("Kind of people"), choices=[], default="")
    ticket = SelectField(_l("Sort of registration"), choices=[], default="")
    from_day = DateField(_l("First day"), [Optional()])
    until_day = DateField(_l("Last day"), [Optional()])
    from_time = TimeField(_l("From"), [Optional()])
    until_time = TimeField(_l("Until"), [Optional()])

    def __init__(self, *args, tickets=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", words(_l("Everybody"))), *_choices(NAMES)]
        self.ticket.choices = [("", words(_l("Any"))), *((str(key), name) for key, name in tickets)]

    def values(self) -> dict:
        """The rule as the service takes it."""
        days = ("from_day", "until_day", "from_time", "until_time")
        return {name: self[name].data for name in days} | {
            "kind": self.kind.data or None, "ticket_id": _number(self.ticket.data)
        }  # fmt: skip


class ExemptionForm(HouseForm):
    """What holds for one person."""

    code = StringField(_l("Code of the person"), [NEEDED, Length(max=40)], filters=[stripped])
    allowed = SelectField(_l("What holds"), choices=[])
    area = SelectField(_l("Where"), choices=[])
    reason = StringField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=200)], filters=[stripped])
    until = DateTimeLocalField(_l("Until"), [Optional()])

    def __init__(self, *args, areas=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.allowed.choices = [("0", words(_l("Kept out"))), ("1", words(_l("Let in")))]
        self.area.choices = [("", words(_l("Everywhere"))), *((str(key), name) for key, name in areas)]

    def values(self) -> dict:
        """The exemption as the service takes it; the time is local yet."""
        return {
            "allowed": self.allowed.data == "1", "area_id": _number(self.area.data),
            "reason": self.reason.data or "", "until": self.until.data,
        }  # fmt: skip


class SavedForm(HouseForm):
    """Scans that a device saved as a file."""

    file = FileField(_l("File that the gate's app saved"), [FileRequired(_l("Choose a file."))])


class DeviceForm(HouseForm):
    """A phone or scanner."""

    name = StringField(
        _l("Name"), [InputRequired(_l("Give it a name.")), Length(max=80)], filters=[stripped],
        description=_l("As people at the gate call it, such as “North 1”."),
    )  # fmt: skip
    gates = SelectMultipleField(
        _l("Gates it serves"), choices=[], option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False), description=_l("None: all of them."),
    )  # fmt: skip
    may_force = BooleanField(_l("May let people in whom the rules refuse"), default=True)
    may_search = SelectField(
        _l("Desk"), choices=[], default="1",
        description=_l("A phone that only scans tells nobody who has registered, should it be lost."),
    )  # fmt: skip

    def __init__(self, *args, gates=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.gates.choices = [(str(key), name) for key, name in gates]
        self.may_search.choices = [
            ("1", words(_l("Finds people by name and organisation"))), ("0", words(_l("Only scans")))
        ]  # fmt: skip

    def rights(self) -> dict[str, bool]:
        """What the device may do beside scanning."""
        return {"may_force": self.may_force.data, "may_search": self.may_search.data != "0"}
