"""What people are written about a changed programme, as sentences to be translated."""

from expo.forums.changes import Change
from expo.words import Sentence, say


def subject(edition: str, version: str, on_stage: bool, first: bool) -> Sentence:
    """The subject; `first` where nobody was written to about the programme before."""
    if on_stage and first:
        return say("Your times at %(edition)s", edition=edition)
    if on_stage:
        return say("Your talks at %(edition)s have changed (version %(n)s)", edition=edition, n=version)
    return say("Talks you starred at %(edition)s have changed (version %(n)s)", edition=edition, n=version)


def greeting(name: str, edition: str, version: str, on_stage: bool) -> Sentence:
    """The first lines."""
    if on_stage:
        return say(
            "Hello %(name)s,\n\nversion %(n)s of the programme of %(edition)s is out. It concerns these talks"
            " in which you have a part:",
            name=name, edition=edition, n=version,
        )  # fmt: skip
    return say(
        "Hello,\n\nversion %(n)s of the programme of %(edition)s is out. It concerns these talks that you"
        " starred:",
        edition=edition, n=version,
    )  # fmt: skip


def line(change: Change, title: str, now: str, before: str, people: str) -> Sentence:
    """One talk; `now` and `before` are day, time and room in words, `people` who is on stage now."""
    if change.after is None:
        return say(
            "%(title)s is no longer in the programme. It was to be: %(before)s.", title=title, before=before
        )
    if change.before is None:
        return say("%(title)s: %(now)s.", title=title, now=now)
    moved = {"time", "room"}.intersection(change.kinds)
    if moved and "people" in change.kinds:
        return say(
            "%(title)s is now: %(now)s (before: %(before)s). On stage: %(people)s.",
            title=title, now=now, before=before, people=people,
        )  # fmt: skip
    if moved:
        return say("%(title)s is now: %(now)s (before: %(before)s).", title=title, now=now, before=before)
    if "people" in change.kinds:
        return say("%(title)s: %(now)s. On stage now: %(people)s.", title=title, now=now, people=people)
    return say("%(title)s: %(now)s. The interpreters have changed.", title=title, now=now)


def ending(link: str, changes: str) -> Sentence:
    """The last lines: the addresses of the programme and of the list of changes."""
    return say(
        "The attached file puts this into your calendar. The programme: %(link)s\nAll changes: %(changes)s",
        link=link, changes=changes,
    )  # fmt: skip
