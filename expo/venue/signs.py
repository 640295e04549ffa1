"""How a zone is told apart without its colour."""


def letter_of(position: int) -> str:
    """The letter of the zone at a position (from 0) in the order of codes: A … Z, then AA, AB …"""
    first, second = divmod(position, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
