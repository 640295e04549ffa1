"""What is worth a look before it is too late."""

from dataclasses import replace

from expo.forums.worries import WorriedPerson, WorriedRoom, WorriedTalk, worries

HALL = WorriedRoom("HALL", 200, {"theatre": 200, "banquet": 90}, frozenset({"projector"}), 1)
ANNA = WorriedPerson("SP001", "anna@example.org", frozenset({"en", "ru"}))
TALK = WorriedTalk(
    "AAAAAA", "talk", "confirmed", True, "en", (), frozenset(), "", 0, (("SP001", "speaker"),)
)  # fmt: skip


def kinds(*talks, people=(ANNA,), rooms=(HALL,)):
    return [one.kind for one in worries(talks, people, rooms)]


def test_a_sound_programme_gives_no_worries():
    assert kinds(TALK) == []


def test_each_worry_is_found():
    assert kinds(replace(TALK, parts=())) == ["nobody", "idle"]
    assert kinds(replace(TALK, kind="panel")) == ["no_chair"]
    assert kinds(replace(TALK, titled=False)) == ["untitled"]
    assert kinds(replace(TALK, seats=300)) == ["seats"]
    assert kinds(replace(TALK, layout="banquet", seats=120)) == ["seats"]
    assert kinds(replace(TALK, layout="boat")) == ["layout"]
    assert kinds(replace(TALK, equipment=frozenset({"piano"}))) == ["equipment"]
    assert kinds(replace(TALK, interpretation=("ru", "zh"))) == ["booths", "interpreters"]
    assert kinds(replace(TALK, language="zh")) == ["speaker_language"]
    assert kinds(replace(TALK, on_programme_day=False)) == ["day"]
    assert kinds(TALK, people=(replace(ANNA, email=""),)) == ["no_email"]


def test_an_interpreter_has_to_speak_the_talks_language_and_the_other_one():
    wanted = replace(TALK, interpretation=("ru",), parts=(("SP001", "speaker"), ("SP002", "interpreter")))
    able = WorriedPerson("SP002", "i@example.org", frozenset({"en", "ru"}))
    assert kinds(wanted, people=(ANNA, able)) == []
    assert kinds(wanted, people=(ANNA, replace(able, languages=frozenset({"ru"})))) == ["interpreter"]
    assert kinds(wanted, people=(ANNA, replace(able, languages=frozenset({"en"})))) == ["interpreters"]


def test_withdrawn_talks_worry_nobody_but_leave_people_idle():
    assert kinds(replace(TALK, state="withdrawn", seats=10_000)) == ["idle"]
