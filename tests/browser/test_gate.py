"""Phones and desks at a gate in a real browser: camera, scanner, codes typed, people registered."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import select

from expo.accounts import passwords
from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.badges import tokens
from expo.registration.models import Person
from tests.browser.gating import a_phone, enrolled, passages, typed, verdict
from tests.expo.checkin.making import a_bearer
from tests.signing import a_user

OLD_BROWSER = """
const made = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (form, key, how, ...more) =>
  how?.name === "Ed25519" ? Promise.reject(new Error("not known")) : made(form, key, how, ...more);
"""

FORGER = Ed25519PrivateKey.generate()


def test_a_badge_before_the_camera_is_let_in_once(browser, tmp_path, gates, rows):
    person, badge = a_bearer(rows, gates, name={"en": "Aigul Nurmagambetova", "ru": "Айгуль"})
    rows.commit()
    with a_phone(browser, tmp_path, (None, 3), (badge, 3), (None, 60)) as page:
        enrolled(page, gates, rows)
        assert verdict(page) == ("good", "Come in", "", "Aigul Nurmagambetova")
        tone, word, why, _name = typed(page, badge)
        assert (tone, word, "Inside already" in why) == ("bad", "Stop", True)
        page.locator("[name=way][value=exit]").check(force=True)
        assert typed(page, badge)[:2] == ("good", "Goodbye")
        assert "tampered" in typed(page, badge[:-9] + "AAAAAAAAA")[2]
        assert page.inner_text("[data-queue]") == ""
    made = passages(rows)
    assert [(one.type, one.verdict, one.person_id) for one in made] == [
        ("entry", "ok", person.id),
        ("entry", "refused", person.id),
        ("exit", "ok", person.id),
        ("exit", "refused", None),
    ]
    assert {one.offline for one in made} == {False}


def test_a_usb_scanner_is_heard_wherever_the_focus_is(browser, tmp_path, gates, rows):
    _person, badge = a_bearer(rows, gates, name={"en": "Li Ming"})
    rows.commit()
    with a_phone(browser, tmp_path) as page:
        enrolled(page, gates, rows)
        page.locator("[name=way][value=entry]").focus()
        page.keyboard.type(badge)
        page.keyboard.press("Enter")
        assert verdict(page)[0::3] == ("good", "Li Ming")
        page.keyboard.type(badge)  # a scanner without Enter
        assert verdict(page)[0] == "bad"


def test_the_desk_finds_lets_in_and_registers(browser, tmp_path, gates, rows, house):
    person, _badge = a_bearer(rows, gates, name={"ru": "Пётр Иванов", "en": "Petr Ivanov"})
    gates.gates["north"].typed_codes = True
    rows.add(gates.gates["north"])
    user = a_user(rows, email="desk@example.org", password_hash=passwords.hashed("correct horse battery"))
    accounts.grant(rows, user, Role.GATE, gates.edition.id)
    rows.commit()
    with a_phone(browser, tmp_path) as page:
        page.goto(f"{house}/sign-in")
        page.fill("[name=email]", user.email)
        page.fill("[name=password]", "correct horse battery")
        page.locator("main button[type=submit]").first.click()
        page.goto(gates.site_url)
        page.locator(".gate-list button", has_text="north").click()
        page.click("[data-go-to=desk]")
        page.fill("#desk-words", "иванов")
        page.wait_for_selector(f"[data-code={person.code}]")
        page.locator(f"[data-code={person.code}] button", has_text="Let in").click()
        tone, _word, why, name = verdict(page)
        assert (tone, name, "passport" in why) == ("wait", "Petr Ivanov", True)
        page.click("summary:has-text('walked in')")
        page.fill("[data-walk-in] [name=name]", "李小龙")
        page.locator("[data-walk-in] button").click()
        page.wait_for_selector("[data-desk-count]:has-text('Registered with the number')")
    rows.rollback()
    made = rows.exec(select(Person).where(Person.id != person.id)).one()
    assert (made.name, made.state) == ({"zh": "李小龙"}, "confirmed")


def test_a_browser_without_ed25519_checks_badges_by_script(browser, tmp_path, gates, rows):
    person, badge = a_bearer(rows, gates)
    rows.commit()
    with a_phone(browser, tmp_path) as page:
        page.add_init_script(OLD_BROWSER)
        enrolled(page, gates, rows)
        page.context.set_offline(True)
        forged = tokens.issue(tokens.Token(person.id, 1), FORGER, 1)
        assert "signature" in typed(page, forged)[2]
        assert typed(page, badge)[0] == "good"
