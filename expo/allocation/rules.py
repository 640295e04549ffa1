"""Rules that a plan edited by hand breaks, in words for whoever edits it."""

import re
from collections.abc import Callable, Mapping

from expo.allocation.checker import Violation
from expo.words import Sentence, figure, say

NeedsName = Callable[[str], str]

# The detail of each rule is what the checker found: codes or figures; see `expo.allocation.checker`.
RULES: Mapping[str, Sentence] = {
    "unit_twice": say("%(name)s and %(other)s both have stand %(first)s."),
    "unknown_unit": say("%(name)s has stand %(first)s, which is gone."),
    "unknown_applicant": say("%(name)s is not an accepted exhibitor."),
    "locked_away": say("%(name)s has stand %(first)s, which was settled for %(other)s."),
    "lock": say("The place of %(name)s is settled by hand; these stands differ: %(detail)s."),
    "zone": say("%(name)s stands in a zone it did not ask for: %(detail)s."),
    "split": say("The stands of %(name)s do not hang together in one zone: %(detail)s."),
    "raw": say("%(name)s has a shell stand where raw space was asked for, or the other way round."),
    "shape": say("The place of %(name)s does not have the shape asked for (%(detail)s)."),
    "water": say("%(name)s needs water, and none of its stands has it."),
    "height": say("%(name)s builds higher than its stands allow (%(detail)s)."),
    "load": say("%(name)s is heavier than the floor of its stands bears (%(detail)s)."),
    "rivals": say("%(name)s stands too close to %(other)s, a competitor it keeps away from."),
    "unplaced": say("The list of those without a place does not match the plan."),
    "bound": say("The plan brings more points than can be: ask an administrator."),
    "objective": say("The points do not match the plan: ask an administrator."),
}
AREA = say("%(name)s has %(has)s m²; %(least)s to %(most)s m² were asked for.")
WASTEFUL = say("%(name)s has %(has)s m², a line of stands more than the %(least)s m² it needs.")
SHARE = say("%(name)s has %(has)s m² of its pavilion, less than it asked for.")
POWER = say("%(name)s needs %(has)s kW, more than its stands have.")
OTHER = say("%(name)s breaks a rule: %(rule)s (%(detail)s).")


def in_words(broken: Violation, name_of: NeedsName) -> Sentence:
    """The violation as a sentence; `name_of` gives an exhibitor's name by its code."""
    figures = [int(number) for number in re.findall(r"\d+", broken.detail)]
    metres = [figure(number / 10_000) for number in figures]
    name = name_of(broken.applicant)
    if broken.rule == "area" and len(metres) >= 3:
        return _with(AREA, name=name, has=metres[0], least=metres[1], most=metres[2])
    if broken.rule == "wasteful" and len(metres) >= 2:
        return _with(WASTEFUL, name=name, has=metres[0], least=metres[-1])
    if broken.rule == "member_area" and metres:
        return _with(SHARE, name=name, has=metres[0])
    if broken.rule == "power" and figures:
        return _with(POWER, name=name, has=figure(figures[0] / 1000))
    first, _, other = broken.detail.partition(" ")
    if broken.rule == "rivals":
        other = broken.detail
    values = {
        "name": name,
        "first": first,
        "other": name_of(other),
        "detail": broken.detail,
        "rule": broken.rule,
    }
    return _with(RULES.get(broken.rule, OTHER), **values)


def _with(sentence: Sentence, **values: object) -> Sentence:
    return Sentence(sentence.message, values)
