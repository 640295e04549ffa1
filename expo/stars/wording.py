"""What is said about clashes, and in letters to those who follow the programme."""

from expo.stars.clashing import Clash
from expo.words import Sentence, say


def clash_in_words(clash: Clash, first: str, second: str) -> Sentence:
    """A clash as a sentence; `first` and `second` are the titles."""
    if clash.kind == "overlap":
        return say(
            "“%(first)s” and “%(second)s” overlap by %(minutes)s minutes.",
            first=first,
            second=second,
            minutes=clash.minutes,
        )
    return say(
        "From “%(first)s” to “%(second)s” it is a walk of %(minutes)s minutes; you have %(between)s.",
        first=first,
        second=second,
        minutes=clash.minutes,
        between=clash.between,
    )


def confirmation(link: str) -> tuple[Sentence, Sentence]:
    """Subject and body of the letter that confirms an address; nothing a stranger typed is in it."""
    return (
        say("Keep your stars: confirm your e-mail address"),
        say(
            "Hello,\n\nsomebody, we hope you, wants to keep the talks they starred under this address. Open "
            "this link within three days:\n\n%(link)s\n\nYour stars then count when the timetable is "
            "planned, and we write to you when one of these talks is moved. If it was not you, do nothing.",
            link=link,
        ),
    )
