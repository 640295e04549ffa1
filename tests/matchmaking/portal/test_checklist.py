"""What is still to do, without a database."""

from datetime import date

from matchmaking.portal.checklist import Facts, items

STARTS, ENDS = date(2023, 6, 15), date(2023, 6, 18)


def states(facts: Facts, today=date(2023, 1, 1)) -> dict[str, str]:
    return {item.key: item.state for item in items(facts, STARTS, ENDS, today)}


def test_a_newcomer_applies_first():
    assert states(Facts("draft")) == {
        "apply": "now",
        "decision": "blocked",
        "products": "todo",
        "stand": "blocked",
        "order": "blocked",
        "staff": "blocked",
        "meetings": "blocked",
    }


def test_who_waits_for_a_decision_lists_products_meanwhile():
    found = states(Facts("submitted"))
    assert (found["apply"], found["decision"], found["products"]) == ("done", "todo", "now")


def test_a_stand_opens_the_order():
    assert states(Facts("accepted", products=3))["order"] == "blocked"
    assert states(Facts("accepted", products=3, placed=True))["order"] == "now"
    assert states(
        Facts("accepted", products=3, placed=True, order="paid", staff=1, meets=True)
    ) == dict.fromkeys(("apply", "decision", "products", "stand", "order", "staff", "meetings"), "done")


def test_what_is_overdue_is_late_until_the_expo_is_over():
    assert states(Facts("accepted"), date(2023, 6, 10))["products"] == "late"
    assert states(Facts("accepted"), date(2023, 7, 1))["products"] == "now"


def test_dates_count_back_from_the_first_day():
    due = {item.key: item.due for item in items(Facts("draft"), STARTS, ENDS, STARTS)}
    assert (due["staff"], due["stand"]) == (date(2023, 6, 1), None)


def test_permits_are_on_the_list_of_those_who_need_any():
    def state(**given) -> str | None:
        facts = Facts("accepted", 1, True, "paid", 1, **given)
        found = items(facts, date(2023, 6, 15), date(2023, 6, 18), date(2023, 1, 1))
        return {item.key: item.state for item in found}.get("permits")

    assert state() is None
    assert state(permits_needed=2, permits_granted=1) == "now"
    assert state(permits_needed=2, permits_granted=2) == "done"


def test_who_takes_no_part_in_meetings_has_said_so_and_is_done():
    assert [states(Facts("accepted", meets=meets))["meetings"] for meets in (None, False)] == ["todo", "done"]
