"""Exchange rates: the one of a day, and whole tables taken from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session, select

from expo import money
from expo.editions.models import Edition, Rate
from expo.errors import Refused
from expo.numerals import read_decimal
from expo.spreadsheets import Unreadable, read_table
from expo.words import Sentence, say
from matchmaking.deals.services import ledger

LONGEST_GAP = timedelta(days=31)
"""How old a rate may be: banks and customs publish some tables once a month."""
HEADS = ("date", "currency", "rate", "source")
LARGEST = Decimal(10) ** 9


def rate_for(session: Session, edition: Edition, currency: str, on: date) -> Rate:
    """The latest rate of `currency` on or before a day, a month old at most. Refused when there is none."""
    if currency == edition.currency:
        return Rate(
            edition_id=edition.id, currency=currency, on_date=on, rate=Decimal(1), source="same currency"
        )
    found = session.exec(
        select(Rate)
        .where(Rate.edition_id == edition.id, Rate.currency == currency, Rate.on_date <= on)
        .order_by(Rate.on_date.desc())
    ).first()
    if found is None:
        raise Refused(
            say(
                "There is no exchange rate for %(currency)s on %(day)s. Add one first.",
                currency=currency,
                day=str(on),
            )
        )
    if on - found.on_date > LONGEST_GAP:
        raise Refused(
            say(
                "The latest exchange rate for %(currency)s before %(day)s is of %(last)s; that is more than a"
                " month old. Add a newer one first.",
                currency=currency,
                day=str(on),
                last=str(found.on_date),
            )
        )
    return found


@dataclass(frozen=True)
class Reading:
    """What a file of rates holds: the new ones, how many are there already, and what is wrong, by row."""

    fresh: tuple[Rate, ...]
    known: int
    problems: tuple[tuple[int, Sentence], ...]


def read_rates(session: Session, edition: Edition, data: bytes, max_rows: int) -> Reading:
    """A CSV or XLSX table with the columns date, currency, rate, source; nothing is written."""
    try:
        rows = list(read_table(data, max_rows))
    except Unreadable as error:
        return Reading((), 0, ((error.row or 1, error.sentence),))
    if not rows or [cell.strip().casefold() for cell in rows[0][1][:4]] != list(HEADS):
        wanted = ", ".join(HEADS)
        return Reading((), 0, ((1, say("The first row names the columns: %(columns)s.", columns=wanted)),))
    there = {
        (rate.currency, rate.on_date): rate.rate
        for rate in session.exec(select(Rate).where(Rate.edition_id == edition.id))
    }
    fresh: list[Rate] = []
    problems: list[tuple[int, Sentence]] = []
    known = 0
    for number, cells in rows[1:]:
        rate = _rate(edition, cells)
        if isinstance(rate, Sentence):
            problems.append((number, rate))
        elif (rate.currency, rate.on_date) not in there:
            there[rate.currency, rate.on_date] = rate.rate
            fresh.append(rate)
        elif there[rate.currency, rate.on_date] == rate.rate:
            known += 1
        else:
            problems.append((number, say("There is another rate for this currency and day already.")))
    return Reading(tuple(fresh), known, tuple(problems))


def _rate(edition: Edition, cells: Sequence[str]) -> Rate | Sentence:
    day, currency, value, source = (cell.strip() for cell in [*cells, "", "", "", ""][:4])
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return say("%(day)s is no date. Write it as 2023-06-15.", day=day)
    code = currency.upper()
    if not money.is_currency(code):
        return say("%(code)s is not a currency code of ISO 4217.", code=currency)
    if code == edition.currency:
        return say("%(code)s is the edition's own currency; it needs no rate.", code=code)
    try:
        rate = read_decimal(value, "en")
    except ValueError:
        return say("%(value)s is no number.", value=value[:40])
    if not 0 < rate <= LARGEST or rate != round(rate, 10):
        return say("A rate is above 0 and has at most ten decimals.")
    if not source:
        return say("Name the source of the rate.")
    return Rate(edition_id=edition.id, currency=code, on_date=on, rate=rate, source=source[:200])


def take_rates(session: Session, edition: Edition, reading: Reading, user_id: int | None = None) -> int:
    """Keep the new rates of a reading and seal them into the chain; how many. Refused if a row is wrong."""
    if reading.problems:
        raise Refused(say("Nothing was taken over: put the rows that are listed right first."))
    if not reading.fresh:
        return 0
    ledger.lock(session, edition)
    session.add_all(reading.fresh)
    told = [[str(one.on_date), one.currency, str(one.rate), one.source] for one in reading.fresh]
    ledger.append(session, edition, [(None, "rates", {"rates": told})], user_id)
    return len(reading.fresh)


def rates(session: Session, edition: Edition, limit: int = 200) -> Sequence[Rate]:
    """The edition's rates, the newest first."""
    return session.exec(
        select(Rate)
        .where(Rate.edition_id == edition.id)
        .order_by(Rate.on_date.desc(), Rate.currency)
        .limit(limit)
    ).all()
