"""Why two are told to meet: every criterion as a sentence with the figures that a person can check."""

from dataclasses import dataclass
from typing import Any

from expo.words import Sentence, say
from matchmaking.recommendations.fit import FULL, WEIGHTS, Fit

CRITERIA: dict[str, Sentence] = {
    "hs": say("Class of goods"),
    "text": say("Words"),
    "price": say("Price"),
    "certificates": say("Certificates"),
    "quantity": say("Quantity"),
    "volume": say("Share of the stock"),
    "languages": say("Languages"),
    "incoterm": say("Delivery term"),
    "origin": say("Country of origin"),
    "market": say("Market wanted"),
    "trade": say("Trade of the countries"),
    "forum": say("Forums"),
}
SAID: dict[str, Sentence] = {
    "hs_6": say("Exactly the class wanted: HS %(hs_offered)s."),
    "hs_4": say("HS %(hs_offered)s is of the same heading as what is wanted, HS %(hs_wanted)s."),
    "hs_2": say("HS %(hs_offered)s is of the same chapter as what is wanted, HS %(hs_wanted)s."),
    "hs_0": say("HS %(hs_offered)s is of another chapter than what is wanted, HS %(hs_wanted)s."),
    "text_open": say("The need is not put in words."),
    "text_near": say("“%(need)s” and “%(product)s” mean the same goods, whatever the language."),
    "text_far": say("“%(need)s” and “%(product)s” have something in common."),
    "text_none": say("“%(need)s” and “%(product)s” share no words."),
    "price_open": say("No limit was set."),
    "price_not_stated": say("The price is on request; the limit is %(limit)s."),
    "price_in_another_measure": say("%(price)s and the limit of %(limit)s cannot be compared."),
    "price_within": say("%(price)s is within the limit of %(limit)s."),
    "price_above": say("%(price)s is above the limit of %(limit)s."),
    "price_below": say("%(price)s is less than was expected (%(least)s)."),
    "certificates_open": say("None was asked for."),
    "certificates_all": say("All asked for are there: %(asked)s."),
    "certificates_some": say("Some asked for are missing. Asked for: %(asked)s. There: %(have)s."),
    "certificates_none": say("Missing: %(asked)s."),
    "quantity_open": say("No quantity was named."),
    "quantity_not_stated": say("%(wanted)s are wanted; what there is was not said."),
    "quantity_in_another_unit": say("%(wanted)s are wanted, %(offered)s are offered: the units differ."),
    "quantity_covered": say("%(offered)s are offered, %(wanted)s are wanted."),
    "quantity_in_part": say("Only %(offered)s are offered, %(wanted)s are wanted."),
    "volume_open": say("How much of the stock would be bought cannot be told."),
    "volume_whole": say("The buyer would take the whole stock: %(wanted)s of %(offered)s."),
    "volume_in_part": say("The buyer would take %(wanted)s of %(offered)s."),
    "languages_not_stated": say("One side did not say which languages it speaks."),
    "languages_shared": say("Both speak %(languages)s."),
    "languages_none": say("No language in common: an interpreter is needed."),
    "incoterm_open": say("No term was asked for."),
    "incoterm_not_stated": say("%(term)s is asked for; the offer names none."),
    "incoterm_same": say("%(term)s, as asked for."),
    "incoterm_other": say("%(offered_term)s is offered, %(term)s is asked for."),
    "origin_open": say("Any country will do."),
    "origin_wanted": say("%(origin)s is a country wanted."),
    "origin_other": say("%(origin)s is none of the countries wanted."),
    "origin_not_stated": say("The origin was not said."),
    "market_open": say("The exhibitor sells to any country."),
    "market_wanted": say("%(home)s is a market the exhibitor wants."),
    "market_other": say("%(home)s is none of the markets the exhibitor wants."),
    "market_not_stated": say("The buyer's country was not said."),
    "trade_unknown": say("Nothing is known of the trade of the two countries in chapter %(chapter)s."),
    "trade_1000": say(
        "%(origin)s exports %(theirs)s times its share of chapter %(chapter)s, %(home)s %(ours)s times: what"
        " one is strong in, the other lacks."
    ),
    "trade_400": say(
        "Both are strong in chapter %(chapter)s: %(origin)s exports %(theirs)s times its share, %(home)s"
        " %(ours)s times."
    ),
    "trade_500": say(
        "Neither is strong in chapter %(chapter)s: %(origin)s exports %(theirs)s times its share, %(home)s"
        " %(ours)s times."
    ),
    "trade_0": say(
        "%(home)s itself is strong in chapter %(chapter)s: it exports %(ours)s times its share, %(origin)s"
        " %(theirs)s times."
    ),
    "forum_not_told": say("One side does not tell which forums its people follow."),
    "forum_shared": say("People of both follow %(forums)s."),
    "forum_none": say("They follow no forum in common."),
}
HEADLINES = (
    "hs_6", "hs_4", "hs_2", "price_within", "certificates_all", "quantity_covered", "trade_1000",
    "languages_shared", "market_wanted", "origin_wanted", "forum_shared",
)  # fmt: skip
"""What is said first, without opening the whole account."""
MOST_HEADLINES = 4


@dataclass(frozen=True)
class Line:
    """One line of the account: the criterion, what was found, the points for the reader's side of those
    possible, and the tone ('good', 'wait' or 'bad')."""

    criterion: Sentence
    said: Sentence
    points: float
    most: int
    tone: str


def account(found: tuple[Fit, ...], side: int, figures: dict[str, Any]) -> list[Line]:
    """The lines for one side (0: the buyer, 1: the exhibitor); what that side does not weigh is left out."""
    return [
        Line(
            CRITERIA[one.criterion],
            _filled(SAID[one.code], figures),
            one.points(side),
            WEIGHTS[one.criterion][side],
            "good" if one.permille == FULL else "wait" if one.permille else "bad",
        )
        for one in found
        if WEIGHTS[one.criterion][side]
    ]


def headlines(found: tuple[Fit, ...], figures: dict[str, Any]) -> list[Sentence]:
    """The best reasons, in a few words each."""
    codes = [one.code for one in found if one.code in HEADLINES]
    codes.sort(key=HEADLINES.index)
    return [_filled(SAID[code], figures) for code in codes[:MOST_HEADLINES]]


def _filled(sentence: Sentence, figures: dict[str, Any]) -> Sentence:
    return Sentence(sentence.message, figures) if "%(" in sentence.message else sentence
