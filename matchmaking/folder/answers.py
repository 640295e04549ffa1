"""Answers of a folder: what the cell holds, as registration keeps it, and whether it is one."""

from typing import Any

from expo.registration.asking import Asked, Option, judged
from expo.words import Sentence
from matchmaking.folder.parse import Record


def as_answer(kind: str, text: str) -> Any:
    """The cell's text as it is kept: a list of keys where several can be chosen."""
    return [key.strip() for key in text.split(";") if key.strip()] if kind == "choices" else text


def wrong_answer(question: Record, text: str) -> Sentence | None:
    """Why a text is no answer to a question of the folder; None where it is one. Options that are no longer
    offered were once."""
    options = tuple(Option(one["key"], one["text"]) for one in question["options"] or ())
    asked = Asked(
        question["code"], question["kind"], {}, {}, is_required=True, options=options,
        least=question["least"], most=question["most"],
    )  # fmt: skip
    value = as_answer(question["kind"], text)
    answers, problems = judged([asked], {asked.code: value})
    return problems.get(asked.code)
