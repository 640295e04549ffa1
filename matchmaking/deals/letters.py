"""What the parties of a deal are written after the show, as sentences to be translated."""

from expo.words import Sentence, say


def reminder(kind: str, number: int, day: str, edition: str, link: str) -> tuple[Sentence, Sentence]:
    """Subject and body of the letter about a date; `link` is the whole address of the deal."""
    values = {"number": number, "day": day, "edition": edition, "link": link}
    subject = say("Deal %(number)s of %(edition)s", number=number, edition=edition)
    bodies = {
        "delivery": say(
            "Hello,\n\nthe delivery of deal %(number)s, agreed at %(edition)s, is set for %(day)s. When it is"
            " delivered, please note it here, or amend the date together:\n\n%(link)s",
            **values,
        ),
        "payment": say(
            "Hello,\n\nthe payment of deal %(number)s, agreed at %(edition)s, is set for %(day)s. When it is"
            " paid, please note it here:\n\n%(link)s",
            **values,
        ),
        "decision": say(
            "Hello,\n\ndeal %(number)s of %(edition)s has gone no further since. Has it become a contract, or"
            " has it lapsed? Please say so here:\n\n%(link)s",
            **values,
        ),
    }
    return subject, bodies[kind]
