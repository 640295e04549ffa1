"""The refusals that a person can act on."""

from click import ClickException

from expo.words import Sentence


class Refused(Exception):
    """A rule said no. Carries one sentence that tells the person what to do about it."""

    def __init__(self, sentence: Sentence | str):
        super().__init__(str(sentence))
        self.sentence = sentence


class SetupProblem(ClickException):
    """The machine or a setting stands in the way; the message names the remedy in one sentence.

    Commands show it as their last line instead of a traceback.
    """


class Throttled(Refused):
    """Tried too often; the sentence says when to come back."""
