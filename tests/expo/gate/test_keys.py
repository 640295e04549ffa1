"""A USB scanner is told from a person who types, and from one scanned in pieces."""

from tests.expo.gate.script import run

TYPE = """
import { burst } from "./scan-keys.js";
answer = given[0].map(([text, pause, end]) => {
  const heard = [];
  const kept = burst((whole) => heard.push(whole));
  [...text].forEach((letter, place) => kept.add(letter, 5000 + place * pause));
  kept[end]();
  return heard;
});
"""


def test_bursts_count_with_enter_or_without_and_a_person_s_letters_only_with_enter():
    code = "A" * 94
    heard = run(
        TYPE,
        [
            [code, 3, "enter"], [code, 3, "silent"], [code, 180, "silent"], [code, 180, "enter"],
            ["PE0042", 200, "enter"], ["PE0042", 200, "silent"], ["gs", 3, "silent"], ["gs", 3, "enter"],
        ],
    )  # fmt: skip
    assert heard == [[code], [code], [], [code], ["PE0042"], [], [], []]


def test_what_was_left_lying_is_not_put_before_the_next_scan():
    code = """
    import { burst } from "./scan-keys.js";
    const heard = [];
    const kept = burst((whole) => heard.push(whole));
    [..."abc"].forEach((letter, place) => kept.add(letter, place));
    [..."PE004299"].forEach((letter, place) => kept.add(letter, 9000 + place));
    kept.enter();
    answer = heard;
    """
    assert run(code) == ["PE004299"]


def test_the_same_code_before_the_camera_is_told_once_until_it_was_out_of_sight():
    code = """
    import { steady } from "./scan-camera.js";
    const isNew = steady(3000);
    answer = [isNew("a", 0), isNew("a", 2000), isNew("b", 2500), isNew("a", 4500), isNew("a", 7600),
      isNew("c", 8000, true), isNew("c", 8100)];
    """
    assert run(code) == [True, False, True, False, True, False, True]
