"""Where the board lies."""

BOARD = "/<edition>/console/board"
