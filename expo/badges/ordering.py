"""Names in the order in which readers of a language look for them."""

import unicodedata

URDU = "آأاٱبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکكگلمنںوؤہھةهءئیيىے"
_URDU_PLACES = {letter: place for place, letter in enumerate(URDU)}


def order_key(text: str, language: str) -> tuple:
    """What a name is sorted by: Chinese by sound (as in GB 2312), Urdu by its alphabet."""
    plain = " ".join(text.split()).casefold()
    if language == "zh":
        return (plain.encode("gb18030", "replace"),)
    if language == "ur":
        return tuple(_URDU_PLACES.get(letter, 100 + ord(letter)) for letter in plain)
    apart = unicodedata.normalize("NFD", plain.replace("й", "и\uffff"))  # й is a letter of its own
    return ("".join(letter for letter in apart if not unicodedata.combining(letter)), plain)
