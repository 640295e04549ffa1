"""Forms for rooms, ways between buildings and programme days."""

from datetime import time

from wtforms import FieldList, FormField, HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from expo.forums.forms.rows import LayoutRow, SpanRow, stripped, words_of
from expo.web import HouseForm, _, _l
from expo.web.texts import NamedForm, NameForm

CODE = Regexp(r"^[A-Za-z0-9_.-]+$", message=_l("Letters, digits, - . _ only."))


class RoomForm(NamedForm):
    """A room."""

    seen = HiddenField()
    code = StringField(
        _l("Code"), [InputRequired(_l("Type a code.")), Length(max=40), CODE], filters=[stripped]
    )
    name = FormField(NameForm, _l("Name"))
    building = StringField(
        _l("Building"), [Length(max=200)], filters=[stripped],
        description=_l("Going to another building takes the minutes typed under Days and ways."),
    )  # fmt: skip
    capacity = IntegerField(_l("Seats"), [InputRequired(_l("Type a number.")), NumberRange(1, 100_000)])
    layouts = FieldList(
        FormField(LayoutRow), _l("Layouts"),
        description=_l("Theatre, classroom, … with their seats. Without any row: the seats above."),
    )  # fmt: skip
    change_min = IntegerField(
        _l("Minutes to change the layout"), [InputRequired(_l("Type a number.")), NumberRange(0, 1440)],
        default=0, description=_l("Besides the minutes that lie between any two talks."),
    )  # fmt: skip
    booths = IntegerField(
        _l("Interpretation booths"), [InputRequired(_l("Type a number.")), NumberRange(0, 50)], default=0
    )
    equipment = StringField(
        _l("Equipment"), [Length(max=2000)], description=_l("Words parted by ; such as projector; piano.")
    )
    free = FieldList(
        FormField(SpanRow), _l("When it can be had"),
        description=_l("Without any row: always. Until 00:00 is midnight, an earlier time the next day."),
    )  # fmt: skip

    def values(self) -> dict:
        """The room as the service takes it."""
        layouts = {row["layout"]: row["seats"] for row in self.layouts.data if row["layout"]}
        plain = ("code", "building", "capacity", "change_min", "booths")
        return {name: self[name].data for name in plain} | {
            "layouts": layouts,
            "equipment": words_of(self.equipment.data),
        }


class WaysForm(HouseForm):
    """The usual minutes; those between two buildings are read beside it."""

    setup_min = IntegerField(
        _l("Minutes between two talks in a room"), [InputRequired(_l("Type a number.")), NumberRange(0, 240)]
    )
    travel_min = IntegerField(
        _l("Minutes from one building to another"),
        [InputRequired(_l("Type a number.")), NumberRange(0, 1440)],
        description=_l("Where nothing else is typed below."),
    )


class DaysForm(HouseForm):
    """Programme hours; the days' rows are read beside it."""


def clock(text: str) -> time | None:
    """'09:30' as a time, None for nothing. ValueError for anything else."""
    text = text.strip()
    return time.fromisoformat(text if len(text) > 4 else f"0{text}") if text else None


def breaks_of(text: str) -> list[tuple[time, time]]:
    """'12:00–13:30; 16:00-16:15' as pairs. ValueError for anything else."""
    pairs = []
    for part in text.replace("–", "-").replace("—", "-").replace(",", ";").split(";"):
        if part.strip():
            since, _dash, until = part.partition("-")
            pair = clock(since), clock(until)
            if pair[0] is None or pair[1] is None:
                raise ValueError(_("A break is written 12:00–13:30."))
            pairs.append(pair)
    return pairs
