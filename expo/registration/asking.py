"""Which questions somebody is asked, by what they answered before, and whether answers will do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from expo.countries import COUNTRIES
from expo.languages import LanguageMap
from expo.numerals import read_decimal
from expo.words import Sentence, say

KINDS = ("text", "long", "number", "choice", "choices", "yesno", "date", "country")
LONGEST = {"text": 200, "long": 4000}
YES, NO = "yes", "no"

LARGEST = Decimal(10) ** 12

Value = str | list[str]
Answers = dict[str, Value]


@dataclass(frozen=True)
class Option:
    """One thing to choose; what `is_gone` can be kept by whoever chose it, and by nobody else."""

    key: str
    text: LanguageMap
    is_gone: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as the form asks it; `after` is the code of the question it depends on, '' for none."""

    code: str
    kind: str
    text: LanguageMap
    hint: LanguageMap
    is_required: bool = False
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    after: str = ""
    after_values: frozenset[str] = frozenset()


def shown(questions: Sequence[Asked], answers: Mapping[str, Value]) -> list[Asked]:
    """The questions that these answers leave to be asked, in order.

    One that depends on another is asked while that one is asked itself and its answer is, or contains, one
    of the values. A question that depends on one that is not there is asked of everybody.
    """
    codes = {question.code for question in questions}
    found: dict[str, Asked] = {}
    for question in questions:
        if question.after not in codes or (
            question.after in found and question.after_values & set(chosen(answers.get(question.after)))
        ):
            found[question.code] = question
    return list(found.values())


def chosen(value: Value | None) -> list[str]:
    """An answer as the values it contains."""
    return list(value) if isinstance(value, list) else [value] if value else []


def judged(
    questions: Sequence[Asked],
    typed: Mapping[str, Value | None],
    before: Mapping[str, Value] | None = None,
    language: str = "en",
    lenient: bool = False,
) -> tuple[Answers, dict[str, Sentence]]:
    """Answers to keep by question, and what is wrong with the others.

    Answers to questions that are not asked are dropped. `before` are earlier answers: an option that is gone
    can be kept. `lenient` leaves required questions open, as for people whom somebody else registers.
    """
    answers: Answers = {}
    problems: dict[str, Sentence] = {}
    codes = {question.code for question in questions}
    asked: set[str] = set()
    for question in questions:
        if question.after in codes and not (
            question.after in asked and question.after_values & set(chosen(answers.get(question.after)))
        ):
            continue
        asked.add(question.code)
        value = _tidied(question, typed.get(question.code))
        if not value:
            if question.is_required and not lenient:
                problems[question.code] = say("This has to be answered.")
            continue
        try:
            answers[question.code] = _read(question, value, (before or {}).get(question.code), language)
        except Unfit as unfit:
            problems[question.code] = unfit.sentence
    return answers, problems


class Unfit(Exception):
    """What was typed is no answer to the question; `sentence` says why."""

    def __init__(self, sentence: Sentence):
        super().__init__(str(sentence))
        self.sentence = sentence


def _tidied(question: Asked, value: Value | None) -> Value:
    if question.kind == "choices":
        return [one.strip() for one in chosen(value) if isinstance(one, str) and one.strip()]
    first = next(iter(chosen(value)), "")
    return first.strip() if isinstance(first, str) else ""


def _read(question: Asked, value: Value, before: Value | None, language: str) -> Value:
    if isinstance(value, list):
        return _of_options(question, value, before)
    if question.kind == "choice":
        return _of_options(question, [value], before)[0]
    return _READERS[question.kind](question, value, language)


def _of_options(question: Asked, keys: Sequence[str], before: Value | None) -> list[str]:
    kept = set(chosen(before))
    offered = [one.key for one in question.options if not one.is_gone or one.key in kept]
    if not set(keys) <= set(offered):
        raise Unfit(say("That cannot be chosen any more; choose again."))
    return [key for key in offered if key in set(keys)]


def _text(question: Asked, value: str, _language: str) -> str:
    longest = LONGEST[question.kind]
    if len(value) > longest:
        raise Unfit(say("That is too long: %(count)s characters at most.", count=longest))
    return value if question.kind == "long" else " ".join(value.split())


def _number(question: Asked, value: str, language: str) -> str:
    try:
        number = read_decimal(value, language)
    except ValueError:
        raise Unfit(say("Type a number.")) from None
    if abs(number) > LARGEST:
        raise Unfit(say("That number is too large."))
    if question.least is not None and number < question.least:
        raise Unfit(say("It has to be %(least)s at least.", least=question.least))
    if question.most is not None and number > question.most:
        raise Unfit(say("It can be %(most)s at most.", most=question.most))
    return format(number.normalize(), "f")


def _yes_or_no(_question: Asked, value: str, _language: str) -> str:
    if value not in (YES, NO):
        raise Unfit(say("Answer yes or no."))
    return value


def _date(_question: Asked, value: str, _language: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Unfit(say("Type a date, such as 2030-06-15.")) from None
    if not 1900 <= day.year <= 2200:
        raise Unfit(say("Type a date, such as 2030-06-15."))
    return day.isoformat()


def _country(_question: Asked, value: str, _language: str) -> str:
    if value not in COUNTRIES:
        raise Unfit(say("Choose a country of the list."))
    return value


_READERS = {
    "text": _text,
    "long": _text,
    "number": _number,
    "yesno": _yes_or_no,
    "date": _date,
    "country": _country,
}


def misplaced(questions: Iterable[tuple[str, str]]) -> list[str]:
    """Of (code, code it depends on) in their order, those that come before what they depend on."""
    before: set[str] = set()
    wrong = []
    codes = list(questions)
    there = {code for code, _after in codes}
    for code, after in codes:
        if after and (after == code or (after in there and after not in before)):
            wrong.append(code)
        before.add(code)
    return wrong
