"""What accounts write to people, as sentences to be translated."""

from expo.words import Sentence, say


def letter(kind: str, link: str) -> tuple[Sentence, Sentence]:
    """Subject and body of a letter of kind confirm, exists or reset; `link` is a whole address.

    Nothing that a stranger typed is in it: our mail carries nobody's message to an address they picked.
    """
    return {
        "confirm": (
            say("Confirm your e-mail address"),
            say(
                "Hello,\n\nsomebody, we hope you, made an account for this address. Open this link within "
                "three days and type the password you chose:\n\n%(link)s\n\nIf it was not you, do nothing.",
                link=link,
            ),
        ),
        "exists": (
            say("You have an account already"),
            say(
                "Hello,\n\nsomebody, perhaps you, wanted to make an account for this address, which has "
                "one. Sign in, or set a new password here:\n\n%(link)s\n\nIf it was not you, do nothing.",
                link=link,
            ),
        ),
        "reset": (
            say("Set a new password"),
            say(
                "Hello,\n\nopen this link within two hours to set a new password:\n\n%(link)s\n\n"
                "If you did not ask for it, do nothing; your password stays as it is.",
                link=link,
            ),
        ),
    }[kind]
