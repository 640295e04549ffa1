"""The forms of badges: what is printed, and what it looks like."""

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, ColorField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from expo.badges.design import FIELDS, SIZES, Design, FieldStyle
from expo.badges.signs import SIGNS
from expo.languages import LANGUAGES
from expo.orders.forms import SelectMultipleBoxesField
from expo.registration.kinds import NAMES
from expo.web import HouseForm, _l
from expo.web.forms import DecimalField, IntegerField
from expo.words import say

FIELD_NAMES = {
    "kind": say("Kind"),
    "name": say("Name"),
    "second": say("Name in another script"),
    "position": say("Position"),
    "organisation": say("Organisation"),
    "answers": say("Answers to questions"),
    "country": say("Country"),
    "code": say("Number"),
    "edition": say("Edition"),
    "dates": say("Dates"),
    "line": say("Line of text"),
}


class SheetsForm(HouseForm):
    """In which language, and whether again; whose badges, the page's filter says."""

    language = SelectField(
        _l("Language of the badges"),
        [InputRequired()],
        description=_l("Names are printed in this language and as their bearers write them."),
    )
    order = SelectField(
        _l("Order"),
        [InputRequired()],
        choices=[
            SelectChoice("kind", _l("By kind and number")),
            SelectChoice("organisation", _l("By organisation, then by name")),
            SelectChoice("name", _l("By name")),
        ],
    )
    again = BooleanField(
        _l("Also those that were printed before"),
        description=_l("Two people can then hold the same badge, and both open the gate."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]


def _choice(label: Any, *pairs: tuple[str, Any]) -> SelectField:
    return SelectField(label, [InputRequired()], choices=[SelectChoice(*pair) for pair in pairs])


def _mm(label: Any) -> DecimalField:
    return DecimalField(label, [InputRequired(), NumberRange(0, 300)], places=1)


_PLACES = (("start", _l("At the start")), ("center", _l("In the middle")), ("end", _l("At the end")))


class DesignForm(HouseForm):
    """A design; each field of a badge has its own row, see `rows`."""

    name = StringField(_l("Name of the design"), [InputRequired(), Length(max=80)])
    kinds = SelectMultipleBoxesField(
        _l("For these kinds"), choices=[SelectChoice(k, n) for k, n in NAMES.items()]
    )
    size = _choice(
        _l("Size"),
        ("A6", "A6 · 105 × 148 mm"),
        ("A7", "A7 · 74 × 105 mm"),
        ("A5", "A5 · 148 × 210 mm"),
        ("card", _l("Card · 86 × 54 mm")),
        ("4x3", "4 × 3 in · 101.6 × 76.2 mm"),
        ("own", _l("Own size, below")),
    )
    width, height = _mm(_l("Width (mm)")), _mm(_l("Height (mm)"))
    sheet = _choice(
        _l("Paper"),
        ("one", _l("One to a page, for badge printers")),
        ("A4", _l("As many as A4 holds, with marks to cut by")),
        ("letter", _l("As many as Letter holds, with marks to cut by")),
    )
    fold = BooleanField(_l("Folded over the lanyard: the back above the front, upside down"))
    margin = _mm(_l("Margin (mm)"))
    band = _choice(_l("Band with the kind"), ("top", _l("At the top")), ("bottom", _l("At the bottom")),
                   ("none", _l("None")))  # fmt: skip
    band_height = _mm(_l("Height of the band (mm)"))
    band_size = _mm(_l("Letters of the band (points)"))
    align = _choice(_l("Lines stand"), *_PLACES)
    middle = BooleanField(_l("Lines in the middle of their height"))
    code_place = _choice(
        _l("Code"), *_PLACES, ("side", _l("Beside the lines")), ("none", _l("None: no gate reads it"))
    )
    code_size = _mm(_l("Side of the code (mm)"))
    logo = SelectField(_l("Logo"))
    logo_place = _choice(_l("Logo stands"), *_PLACES)
    logo_height = _mm(_l("Height of the logo (mm)"))
    line = StringField(_l("Line of text"), [Length(max=200)])
    back = _choice(
        _l("Back"),
        ("none", _l("Empty")),
        ("front", _l("The same as the front")),
        ("text", _l("Text, below")),
        ("programme", _l("The bearer's own programme, then the text below")),
    )
    back_text = TextAreaField(
        _l("Text on the back"),
        [Length(max=1500)],
        description=_l("Say how to join the Wi-Fi, or whom to call."),
    )

    def __init__(self, logos: list[tuple[int, str]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.logo.choices = [
            SelectChoice("", _l("None")), *(SelectChoice(str(number), name) for number, name in logos)
        ]  # fmt: skip

    def only_shown(self) -> None:
        """A design that is only looked at needs no name yet."""
        self.name.validators = [Optional()]

    def rows(self) -> list[tuple[Any, ...]]:
        """(field, place in order, size, lines, bold, soft, zone) for the table of fields."""
        keys = ("order", "size", "lines", "bold", "soft", "zone")
        return [(FIELD_NAMES[what], *(self[f"{key}_{what}"] for key in keys)) for what in FIELDS]

    def colours(self) -> list[Any]:
        """The fields of colours, a kind each."""
        return [self[f"colour_{kind}"] for kind in SIGNS]

    def design(self) -> Design:
        """What was typed, as a design; not checked."""
        width, height = SIZES.get(self.size.data, (0, 0)) if self.size.data != "own" else (
            float(self.width.data), float(self.height.data)
        )  # fmt: skip
        chosen = sorted(
            (what for what in FIELDS if self[f"order_{what}"].data),
            key=lambda what: self[f"order_{what}"].data,
        )
        return Design(
            width=width, height=height, sheet=self.sheet.data, fold=self.fold.data,
            margin=float(self.margin.data), band=self.band.data, band_height=float(self.band_height.data),
            band_size=float(self.band_size.data), align=self.align.data, middle=self.middle.data,
            code_place=self.code_place.data, code_size=float(self.code_size.data),
            logo=int(self.logo.data) if self.logo.data else None, logo_place=self.logo_place.data,
            logo_height=float(self.logo_height.data), line=self.line.data or "", back=self.back.data,
            back_text=self.back_text.data or "",
            colours={kind: self[f"colour_{kind}"].data for kind in SIGNS},
            fields=tuple(self._style(what) for what in chosen),
        )  # fmt: skip

    def _style(self, what: str) -> FieldStyle:
        return FieldStyle(
            what, float(self[f"size_{what}"].data or 10), self[f"lines_{what}"].data or 1,
            self[f"bold_{what}"].data, self[f"soft_{what}"].data, self[f"zone_{what}"].data,
        )  # fmt: skip


for _kind, _name in NAMES.items():
    setattr(DesignForm, f"colour_{_kind}", ColorField(_name, [InputRequired(), Length(max=7)]))
for _what in FIELDS:
    setattr(DesignForm, f"order_{_what}", IntegerField(_l("Place"), [Optional(), NumberRange(0, 20)]))
    setattr(
        DesignForm,
        f"size_{_what}",
        DecimalField(_l("Points at most"), [Optional(), NumberRange(5, 120)], places=None),
    )
    setattr(DesignForm, f"lines_{_what}", IntegerField(_l("Lines at most"), [Optional(), NumberRange(1, 6)]))
    setattr(DesignForm, f"bold_{_what}", BooleanField(_l("Bold")))
    setattr(DesignForm, f"soft_{_what}", BooleanField(_l("Grey")))
    setattr(
        DesignForm,
        f"zone_{_what}",
        _choice(_l("Where"), ("main", _l("Under one another")), ("foot", _l("Beside the code"))),
    )


def typed(design: Design) -> dict[str, Any]:
    """A design as the values that its form shows."""
    known = next((size for size, pair in SIZES.items() if pair == (design.width, design.height)), "own")
    values: dict[str, Any] = {
        key: value for key, value in design.as_json().items() if key not in ("fields", "colours", "logo")
    }
    values |= {f"colour_{kind}": colour for kind, colour in design.colours.items()}
    usual = {one.what: one for one in Design().fields}
    places = {one.what: (place, one) for place, one in enumerate(design.fields, 1)}
    for what in FIELDS:
        place, style = places.get(what, (0, usual.get(what, FieldStyle(what, 10))))
        values |= {
            f"order_{what}": place, f"size_{what}": Decimal(f"{style.size:g}"), f"lines_{what}": style.lines,
            f"bold_{what}": style.bold, f"soft_{what}": style.soft, f"zone_{what}": style.zone,
        }  # fmt: skip
    return values | {"size": known, "logo": str(design.logo) if design.logo else ""}


class CardsForm(HouseForm):
    """Which table cards are printed."""

    what = _choice(
        _l("Cards"),
        ("speakers", _l("Everybody who speaks, for the podium")),
        ("tables", _l("Tables by number")),
        ("lines", _l("Own lines, below")),
    )
    size = _choice(
        _l("Paper, folded in the middle"),
        ("A4", _l("A4 upright: a card of A5, lying")),
        ("wide", _l("A4 lying: a long card")),
        ("A5", _l("A5 lying: a small card")),
    )
    language = SelectField(_l("Language"), [InputRequired()])
    word = StringField(_l("What tables are called"), [Length(max=60)], description=_l("For instance: Table"))
    first = IntegerField(_l("First number"), [Optional(), NumberRange(0, 9999)])
    last = IntegerField(_l("Last number"), [Optional(), NumberRange(0, 9999)])
    lines = TextAreaField(
        _l("Own lines"),
        [Length(max=40_000)],
        description=_l("One card a line; a stroke | parts what stands under one another."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
