"""The verbs and queries of the board."""

from expo.board.services.judging import judge, offers
from expo.board.services.moving import Doubtful, Moved, move, swap, told_of
from expo.board.services.pinning import pin
from expo.board.services.presence import others_here
from expo.board.services.reading import board, names_of, places_of, problem_and_places, rooms_by_id, wrong
from expo.board.services.undoing import own_stacks, redo, undo

__all__ = [
    "Doubtful",
    "Moved",
    "board",
    "judge",
    "move",
    "names_of",
    "offers",
    "others_here",
    "own_stacks",
    "pin",
    "places_of",
    "problem_and_places",
    "redo",
    "rooms_by_id",
    "swap",
    "told_of",
    "undo",
    "wrong",
]
