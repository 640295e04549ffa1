"""The organiser's form of a question."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from expo.languages import LANGUAGES, LanguageMap, pick, tidy
from expo.orders.forms import SelectMultipleBoxesField
from expo.registration.asking import NO, YES
from expo.registration.forms.people import stripped
from expo.registration.models import Question
from expo.registration.services.questioning import values_of
from expo.web import IntegerField, _, _l, words
from expo.web.language import language
from expo.web.texts import NamedForm, NameForm
from expo.words import Sentence, say

KIND_NAMES: dict[str, Sentence] = {
    "text": say("A line of text"),
    "long": say("Several lines of text"),
    "number": say("A number"),
    "choice": say("One of several options"),
    "choices": say("Several options"),
    "yesno": say("Yes or no"),
    "date": say("A date"),
    "country": say("A country"),
}
EMPTY_ROWS = 4


class OptionRow(Form):
    """An option in up to four languages; without a text it is taken out."""

    key = HiddenField()
    en = StringField(LANGUAGES["en"], [Length(max=200)], filters=[stripped])
    zh = StringField(LANGUAGES["zh"], [Length(max=200)], filters=[stripped])
    ru = StringField(LANGUAGES["ru"], [Length(max=200)], filters=[stripped])
    ur = StringField(LANGUAGES["ur"], [Length(max=200)], filters=[stripped])


class QuestionForm(NamedForm):
    """A question, for which sorts it is asked, and when."""

    name = FormField(NameForm, _l("Question"))
    hint = FormField(NameForm, _l("Hint below it"))
    kind = SelectField(_l("Answer"), [InputRequired()])
    options = FieldList(FormField(OptionRow), _l("Options"))
    is_required = BooleanField(_l("Has to be answered"))
    least = IntegerField(_l("Least"), [MayBeEmpty()], description=_l("For numbers."))
    most = IntegerField(_l("Most"), [MayBeEmpty()])
    tickets = SelectMultipleBoxesField(
        _l("Asked for"), coerce=int, description=_l("All of them: also for sorts to come.")
    )
    when = SelectMultipleBoxesField(
        _l("Asked only if"), description=_l("None: always. Several answers of one question: any of them.")
    )
    on_list = BooleanField(_l("Shown in the list of people"))
    on_badge = BooleanField(
        _l("Printed on badges"),
        description=_l("The usual badge has a place for answers; in designs of your own give them one."),
    )

    def __init__(
        self,
        *args,
        tickets: Sequence[tuple[int, str]] = (),
        parents: Sequence[Question] = (),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind, words(name)) for kind, name in KIND_NAMES.items()]
        self.tickets.choices = [SelectChoice(number, name) for number, name in tickets]
        self.when.choices = [
            SelectChoice(f"{one.code}:{key}", f"{pick(one.text, language())}: {_said(key, text)}")
            for one in parents
            for key, text in values_of(one).items()
        ]

    def rows(self) -> list[dict[str, str]]:
        """The options that have a text, each with its key where it has one already."""
        found = []
        for row in self.options.data:
            texts = tidy({code: row[code] for code in LANGUAGES})
            if texts:
                found.append(texts | ({"key": row["key"]} if row["key"] else {}))
        return found

    def values(self) -> dict[str, Any]:
        """The question as the service takes it."""
        pairs = [one.partition(":")[::2] for one in self.when.data or []]
        plain = ("kind", "is_required", "least", "most", "on_list", "on_badge")
        return {name: self[name].data for name in plain} | {
            "text": tidy(self["name"].data),
            "hint": tidy(self.hint.data),
            "after": pairs[0][0] if pairs else "",
            "after_values": [value for code, value in pairs if code == pairs[0][0]],
        }

    def validate(self, extra_validators=None) -> bool:
        """A condition rests on one question."""
        right = super().validate(extra_validators)
        if len({one.partition(":")[0] for one in self.when.data or []}) > 1:
            self.when.errors = [*self.when.errors, _("Choose answers of one question only.")]
            return False
        return right


def _said(key: str, text: LanguageMap) -> str:
    if not text:
        return _("Yes") if key == YES else _("No") if key == NO else key
    return pick(text, language())


def data_of(question: Question | None, ticket_ids: Sequence[int], after: str) -> Mapping[str, Any]:
    """A question as the form's values, with empty rows for more options."""
    empty = [{}] * EMPTY_ROWS
    if question is None:
        return {"tickets": list(ticket_ids), "options": empty, "kind": "text"}
    rows = [{"key": one["key"]} | one["text"] for one in question.options if not one.get("gone")]
    plain = ("kind", "is_required", "least", "most", "on_list", "on_badge", "hint")
    return {name: getattr(question, name) for name in plain} | {
        "name": question.text,
        "tickets": list(ticket_ids),
        "options": [*rows, *empty],
        "when": [f"{after}:{value}" for value in question.after_values] if after else [],
    }
