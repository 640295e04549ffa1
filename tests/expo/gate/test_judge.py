"""The device decides as the server does: access by kind and hour, re-entry, passing back, limits."""

from tests.expo.gate.script import run

HALL = {"id": 2, "path": [1, 2], "name": "Hall 1"}
SITE = {"id": 1, "path": [1], "name": "Site"}
NOON = 1_686_800_000_000  # 2023-06-15 11:33 in Shanghai
HOUR = 3_600_000
SCAN = """
import { judge } from "./gate-judge.js";
answer = given[0].map((one) => judge({ ...one, revoked: new Set(one.revoked) }));
"""


def a_scan(**more):
    gate = {"id": 7, "area": 2, "reentry": "exit", "passback_min": 0} | more.pop("gate", {})
    record = {"kind": "visitor", "state": "confirmed"} | more.pop("person", {})
    given = {
        "read": {"person": 42, "serial": 1}, "record": record, "revoked": [], "gate": gate, "type": "entry",
        "rules": [], "zone": "Asia/Shanghai", "starts": 4, "passages": [], "moment": NOON, "inside": {},
        "areas": [SITE, HALL],
    }  # fmt: skip
    return given | more


def verdicts(*scans):
    return [one.get("reason", "ok") if not one["ok"] else "ok" for one in run(SCAN, scans)]


def passed(kind, hours_ago, area=2, **more):
    return {"type": kind, "area": area, "verdict": "ok", "at": NOON - hours_ago * HOUR} | more


def rule(**more):
    return {"area": 2, "kind": None} | more


def test_flaws_revocation_and_states_are_told_apart():
    assert verdicts(
        a_scan(),
        a_scan(read={"flaw": "tampered"}),
        a_scan(read={"flaw": "foreign", "of": "Expo 2019"}),
        a_scan(revoked=["42.1"]),
        a_scan(revoked=["42.2"]),
        a_scan(record=None),
        a_scan(person={"state": "waiting"}),
        a_scan(person={"state": "cancelled"}),
        a_scan(type="exit", revoked=["42.1"]),
    ) == ["ok", "tampered", "foreign", "revoked", "ok", "unknown-here", "unapproved", "canceled", "ok"]


def test_an_area_with_rules_lets_in_whom_one_of_them_fits_now():
    assert verdicts(
        a_scan(rules=[rule(kind="vip")]),
        a_scan(rules=[rule(kind="vip"), rule(kind="visitor")]),
        a_scan(rules=[rule(area=1, kind="press")]),
        a_scan(rules=[rule(area=9, kind="press")]),
        a_scan(rules=[rule(from_day="2023-06-16")]),
        a_scan(rules=[rule(until_day="2023-06-14")]),
        a_scan(rules=[rule(from_time="09:00:00", until_time="11:00:00")]),
        a_scan(rules=[rule(from_time="11:00:00", until_time="12:00:00")]),
        a_scan(rules=[rule(from_time="22:00:00", until_time="02:00:00")]),
        a_scan(rules=[rule(from_time="22:00:00", until_time="11:40:00")]),
    ) == ["product", "ok", "product", "ok", *["invalid_time"] * 3, "ok", "invalid_time", "ok"]


def test_exceptions_for_a_person_pass_over_rules_and_denials_over_all():
    allowed = {"exemptions": [{"area": 1, "allowed": True}]}
    denied = {"exemptions": [{"area": None, "allowed": False}, {"area": 2, "allowed": True}]}
    over = {"exemptions": [{"area": None, "allowed": False, "until": "2023-06-01T00:00:00Z"}]}
    assert verdicts(
        a_scan(person=allowed, rules=[rule(kind="vip")]), a_scan(person=denied), a_scan(person=over)
    ) == ["ok", "blocked", "ok"]


def test_somebody_inside_does_not_come_in_again_until_they_left_or_another_day_began():
    assert verdicts(
        a_scan(passages=[passed("entry", 1)]),
        a_scan(passages=[passed("entry", 2), passed("exit", 1)]),
        a_scan(passages=[passed("entry", 1, area=1)]),
        a_scan(passages=[passed("entry", 1, area=2), passed("exit", 0.5, area=1)]),
        a_scan(passages=[passed("entry", 8)]),
        a_scan(passages=[passed("entry", 1, undone=True)]),
        a_scan(passages=[passed("entry", 1, verdict="refused")]),
        a_scan(gate={"area": 1}, passages=[passed("entry", 1, area=2)]),
    ) == ["already_redeemed", "ok", "ok", "ok", "ok", "ok", "ok", "already_redeemed"]


def test_gates_with_other_rules_of_coming_again():
    out = [passed("entry", 1), passed("exit", 0.5)]
    assert verdicts(
        a_scan(gate={"reentry": "any"}, passages=[passed("entry", 1)]),
        a_scan(gate={"reentry": "once"}, passages=[passed("entry", 80), passed("exit", 70)]),
        a_scan(gate={"reentry": "daily"}, passages=out),
        a_scan(gate={"reentry": "daily"}, passages=[passed("entry", 12), passed("exit", 11)]),
        a_scan(gate={"reentry": "any", "passback_min": 90}, passages=out),
        a_scan(gate={"reentry": "any", "passback_min": 30}, passages=out),
    ) == ["ok", "already_redeemed", "already_redeemed", "ok", "too-soon", "ok"]


def test_a_full_area_warns_or_refuses():
    def full(**more):
        return a_scan(areas=[SITE, HALL | {"limit": 50} | more], inside={"2": 50})

    answers = run(SCAN, [full(when_full="warn"), full(when_full="refuse")])
    assert [(one["ok"], one["reason"]) for one in answers] == [(True, "full"), (False, "full")]


def test_a_day_of_the_gates_begins_when_the_edition_says():
    code = """
    import { local } from "./gate-judge.js";
    answer = given[0].map(([at, zone]) => local(Date.parse(at), zone, 4));
    """
    found = run(code, [["2023-06-15T19:30:00Z", "Asia/Shanghai"], ["2023-03-26T03:30:00Z", "Europe/Berlin"]])
    assert [(one["day"], one["time"]) for one in found] == [
        ("2023-06-15", "03:30"),
        ("2023-03-26", "05:30"),
    ]


def test_without_a_rule_the_days_of_the_event_hold():
    here, later = ["2023-06-15", "2023-06-16"], ["2023-06-16", "2023-06-17"]
    assert verdicts(
        a_scan(days=here), a_scan(days=later), a_scan(days=None), a_scan(days=later, rules=[rule(area=1)]),
        a_scan(days=later, rules=[rule(area=9)]), a_scan(days=later, type="exit"),
    ) == ["ok", "invalid_time", "ok", "ok", "invalid_time", "ok"]  # fmt: skip
