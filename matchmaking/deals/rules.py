"""What no line, no term and no project can be, in a sentence each: for typed deals and those of a folder."""

from datetime import date

from expo.countries import COUNTRIES
from expo.errors import Refused
from expo.words import say
from matchmaking.catalogue.hs import valid_hs
from matchmaking.catalogue.terms import INCOTERMS
from matchmaking.deals.content import FORMS, MOST_MINOR, Line, Project
from matchmaking.deals.headings import may_exist
from matchmaking.deals.stages import PROJECTS
from matchmaking.deals.units import measure_of, suits

MOST_QUANTITY = 10**12
LONGEST_TERM = 1200


def check_line(line: Line) -> None:
    """Refused for a line that cannot be."""
    check_hs(line.hs)
    check_amount(line)
    check_handing_over(line)


def check_hs(code: str) -> None:
    """Refused for what is no code of six digits within the headings of its chapter."""
    if len(code) != 6 or not valid_hs(code):
        raise Refused(say("%(code)s is not an HS code of six digits.", code=code))
    if not may_exist(code):
        raise Refused(
            say(
                "HS heading %(heading)s does not exist in chapter %(chapter)s.",
                heading=code[:4],
                chapter=code[:2],
            )
        )


def check_amount(line: Line) -> None:
    """Refused for quantities and prices that are nothing, negative, too large or too fine."""
    if line.quantity <= 0 or line.unit_price_minor < 0:
        raise Refused(say("Quantities are above zero and prices are not negative."))
    if line.quantity > MOST_QUANTITY or line.unit_price_minor > MOST_MINOR:
        raise Refused(say("That is more than a line can hold. Check quantity and price."))
    if line.quantity != round(line.quantity, 3):
        raise Refused(say("A quantity has at most three decimals."))


def check_handing_over(line: Line) -> None:
    """Refused for an unknown unit or delivery term."""
    if measure_of(line.unit) is None:
        raise Refused(say("%(unit)s is not a unit we know. Use one such as kg, t, l or pcs.", unit=line.unit))
    if line.incoterm and line.incoterm not in INCOTERMS:
        raise Refused(say("%(code)s is no delivery term. Use one such as FOB.", code=line.incoterm))


def check_suits(line: Line) -> None:
    """Refused where such goods cannot be counted in the line's unit."""
    if not suits(line.hs, line.unit):
        raise Refused(say("Goods of HS %(code)s are not counted in %(unit)s.", code=line.hs, unit=line.unit))


def check_times(
    signed_on: date, term_months: int | None, delivery_due: date | None, payment_due: date | None
) -> None:
    """Refused for days and terms that cannot be right."""
    if not 2000 <= signed_on.year <= 2100:
        raise Refused(say("That day of signing cannot be right."))
    if term_months is not None and not 1 <= term_months <= LONGEST_TERM:
        raise Refused(say("The term is between 1 and %(most)s months.", most=LONGEST_TERM))
    if any(day < signed_on for day in (delivery_due, payment_due) if day):
        raise Refused(say("Delivery and payment are not due before the deal is signed."))


def check_project(type_: str, project: Project) -> None:
    """Refused for a project that a deal of this type cannot have."""
    if type_ not in PROJECTS or project.form not in FORMS[type_]:
        raise Refused(say("Choose from the list how the project is carried out."))
    if project.country not in COUNTRIES:
        raise Refused(say("%(code)s is no country. Use two letters, such as KG.", code=project.country))
    if not 0 <= project.jobs <= 10_000_000:
        raise Refused(say("The number of jobs is from 0 to 10,000,000."))
    if project.starts_on and project.ends_on and project.ends_on < project.starts_on:
        raise Refused(say("A project does not end before it begins."))
