"""The verbs and queries of the board."""

from expo.board.services.judging import judge, offers
from expo.board.services.knowing import Known, known
from expo.board.services.moving import Doubtful, move, swap, told_of
from expo.board.services.pinning import pin
from expo.board.services.presence import look
from expo.board.services.reading import Board
from expo.board.services.stretching import stretch
from expo.board.services.undoing import own_stacks, redo, undo

__all__ = [
    "Board",
    "Doubtful",
    "Known",
    "judge",
    "known",
    "look",
    "move",
    "offers",
    "own_stacks",
    "pin",
    "redo",
    "stretch",
    "swap",
    "told_of",
    "undo",
]
