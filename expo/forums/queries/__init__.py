"""The programme's content as the console lists it."""

from expo.forums.queries.answers import answer_items, answer_rooms, names_of
from expo.forums.queries.people import (
    PeopleFilter,
    answers,
    people,
    people_count,
    people_names,
    person_by_code,
    person_named,
    person_talks,
    spoken_languages,
    talk_people,
    unanswered,
)
from expo.forums.queries.rooms import (
    equipment_words,
    forum_by_code,
    forums,
    layout_words,
    room_by_code,
    rooms,
)
from expo.forums.queries.runs import run_of, runs, runs_of
from expo.forums.queries.talks import TalkFilter, place_of, talk_answers, talk_by_code, talk_count, talk_lines
from expo.forums.queries.tree import Branch, Leaf, tree, worried_of

__all__ = [
    "answer_items",
    "answer_rooms",
    "names_of",
    "run_of",
    "runs",
    "runs_of",
    "Branch",
    "Leaf",
    "PeopleFilter",
    "TalkFilter",
    "answers",
    "equipment_words",
    "forum_by_code",
    "forums",
    "layout_words",
    "people",
    "place_of",
    "people_count",
    "people_names",
    "person_by_code",
    "person_named",
    "person_talks",
    "room_by_code",
    "rooms",
    "spoken_languages",
    "talk_answers",
    "talk_by_code",
    "talk_count",
    "talk_lines",
    "talk_people",
    "tree",
    "unanswered",
    "worried_of",
]
