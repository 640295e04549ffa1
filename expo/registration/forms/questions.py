"""The organiser's questions as fields of a form; `expo.registration.asking` judges the answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import DateInput

from expo.countries import countries_by_name
from expo.languages import LanguageMap, pick
from expo.orders.forms import SelectMultipleBoxesField
from expo.registration.asking import LONGEST, NO, YES, Asked, Value, chosen, judged
from expo.web import _, words
from expo.web.language import as_markup, language

PREFIX = "q_"
FEW = 6
"""Up to so many options stand below one another; more go into a list to choose from."""


class TypedDate(StringField):
    """A date that is judged, and shown again, as it was typed."""

    widget = DateInput()


def fields_of(questions: Sequence[Asked], before: Mapping[str, Value]) -> dict[str, Any]:
    """An unbound field for each question, by its name in the form."""
    return {PREFIX + one.code: _field(one, before.get(one.code)) for one in questions}


def _field(question: Asked, before: Value | None) -> Any:
    said: dict[str, Any] = {
        "label": as_markup(question.text),
        "description": as_markup(question.hint),
        "default": before if before is not None else ([] if question.kind == "choices" else ""),
    }
    if question.kind in ("choice", "choices"):
        kept = set(chosen(before))
        options = [
            SelectChoice(one.key, _said(question, one.text))
            for one in question.options
            if not one.is_gone or one.key in kept
        ]
        if question.kind == "choices":
            return SelectMultipleBoxesField(choices=options, validate_choice=False, **said)
        return _one_of(options, question.is_required, said)
    if question.kind == "yesno":
        return _one_of([SelectChoice(YES, _("Yes")), SelectChoice(NO, _("No"))], question.is_required, said)
    if question.kind == "country":
        options = [SelectChoice(code, name) for code, name in countries_by_name(language())]
        return SelectField(choices=[SelectChoice("", "–"), *options], validate_choice=False, **said)
    if question.kind == "date":
        return TypedDate(**said)
    if question.kind == "long":
        return TextAreaField(render_kw={"maxlength": LONGEST["long"], "rows": 4}, **said)
    more = {"inputmode": "decimal"} if question.kind == "number" else {"maxlength": LONGEST["text"]}
    return StringField(render_kw=more, **said)


def _said(question: Asked, text: LanguageMap) -> str:
    """An option's text; where options stand below one another it can say which language it is in."""
    stands_open = question.kind == "choices" or len(question.options) <= FEW
    return as_markup(text) if stands_open else pick(text, language())


def _one_of(options: list[SelectChoice], is_required: bool, said: dict[str, Any]) -> Any:
    if len(options) > FEW:
        return SelectField(choices=[SelectChoice("", "–"), *options], validate_choice=False, **said)
    if not is_required:
        options = [*options, SelectChoice("", _("No answer"))]
    return RadioField(choices=options, validate_choice=False, **said)


class AsksQuestions:
    """What a form with questions can do: judge them, and tell the page which depend on which."""

    questions: Sequence[Asked]
    before: Mapping[str, Value]

    def judge(self, lenient: bool = False) -> dict[str, Value] | None:
        """The answers to keep; None where something is wrong, which then stands beside its field."""
        form: Any = self
        typed = {one.code: _typed(form[PREFIX + one.code]) for one in self.questions}
        answers, problems = judged(self.questions, typed, self.before, language(), lenient)
        for code, sentence in problems.items():
            each = form[PREFIX + code]
            each.errors = [*each.errors, words(sentence)]
        return None if problems else answers

    def complete(self, lenient: bool = False) -> dict[str, Value] | None:
        """The answers of a form that was sent and is right as a whole; None otherwise, with its errors."""
        form: Any = self
        right = form.accepted()
        answers = self.judge(lenient) if form.is_submitted() else None
        return answers if right else None

    def conditions(self) -> dict[str, dict[str, Any]]:
        """By field: the field it depends on, the values that bring it up, and the same in words."""
        there = {one.code: one for one in self.questions}
        found = {}
        for one in self.questions:
            parent = there.get(one.after)
            if parent:
                texts = [_text(parent, value) for value in sorted(one.after_values)]
                hint = _(
                    "Only if your answer to “%(question)s” is: %(answers)s.",
                    question=pick(parent.text, language()), answers=", ".join(texts),
                )  # fmt: skip
                found[PREFIX + one.code] = {
                    "field": PREFIX + parent.code, "values": sorted(one.after_values), "hint": hint,
                }  # fmt: skip
        return found


def _typed(field: Field) -> Value:
    data = field.data
    return [str(one) for one in data] if isinstance(data, list) else str(data or "")


def _text(question: Asked, value: str) -> str:
    if value in (YES, NO) and question.kind == "yesno":
        return _("Yes") if value == YES else _("No")
    return next((pick(one.text, language()) for one in question.options if one.key == value), value)
