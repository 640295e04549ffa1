"""The device reads a badge's code as the server does, and opens the bearer's box with it only."""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from expo.badges import tokens
from tests.expo.gate.script import run

KEYS = {number: Ed25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32) for number in range(20)}
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
RETIRED = {3}
READ = """
import { readToken } from "./gate-token.js";
answer = await Promise.all(given[0].map((text) => readToken(text, given[1], given[2])));
"""


def public(key):
    return key.public_key().public_bytes_raw()


RING = tokens.Ring(
    tuple(tokens.Key(number, public(key), number in RETIRED) for number, key in KEYS.items()),
    (tokens.OtherEdition("old", {"en": "Old"}, (tokens.Key(2, public(OTHER)),)),),
)


def as_sent(keys):
    return [
        {
            "number": key.number,
            "public_key": base64.b64encode(key.public_key).decode(),
            "retired": key.retired,
        }
        for key in keys
    ]


def here(texts):
    """What the server reads, in the device's words."""
    found = [tokens.read(text, RING) for text in texts]
    return [one.value if isinstance(one, tokens.Flaw) else (one.person_id, one.serial) for one in found]


def there(texts):
    others = [{"name": one.name, "keys": as_sent(one.keys)} for one in RING.others]
    found = run(READ, texts, as_sent(RING.keys), others)
    return [one.get("flaw") or (one["person"], one["serial"]) for one in found]


def a_token(person=42, serial=7, number=5, key=None):
    return tokens.issue(tokens.Token(person, serial), key or KEYS[number], number)


def test_all_kinds_of_codes_are_told_apart_alike():
    good = a_token()
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    loose = good[:-1] + last[last.index(good[-1]) ^ 1]
    texts = [
        good, f" {good}\r\n", a_token(0xFFFF_FFFF, 0xFFF, 0), a_token(number=19), a_token(number=3),
        a_token(number=2, key=OTHER), a_token(number=4, key=OTHER), "A" + good[1:], good[:-9] + "AAAAAAAAA",
        loose, "", "PE0042", "https://example.org/", good + "A", good * 400, "\x00" * 94, "é" * 94, "李" * 94,
        "A" * 94, good.replace(good[10], "+"), good[:-1] + "=",
    ]  # fmt: skip
    assert there(texts) == here(texts)


@settings(max_examples=3, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=60, max_size=60))
def test_no_text_whatever_upsets_the_device(texts):
    assert there(texts) == here(texts)


def test_typed_codes_are_forgiven_their_blanks_and_small_letters():
    code = 'import { typedCode } from "./gate-token.js"; answer = given[0].map(typedCode);'
    texts = ["PE0042", " pe 00-42 ", "ＰＥ００４２", "PE42x", "0042", "PE", "<b>", a_token()]
    assert run(code, texts) == ["PE0042", "PE0042", "PE0042", "", "", "", "", ""]


def test_a_box_opens_with_its_badge_and_no_other():
    text, record = a_token(), {"name": {"zh": "李明", "ur": "لی منگ"}, "kind": "visitor"}
    raw = tokens.raw_of(text)
    key = HKDF(SHA256(), length=32, salt=b"expo-2027", info=b"gate record").derive(raw)
    box = base64.b64encode(b"n" * 12 + AESGCM(key).encrypt(b"n" * 12, json.dumps(record).encode(), None))
    code = """
    import { boxName, openBox, rawOf } from "./gate-token.js";
    const [text, other, box] = given;
    answer = [
      await boxName(rawOf(text).raw), await openBox(box, rawOf(text).raw, "expo-2027"),
      await openBox(box, rawOf(other).raw, "expo-2027"), await openBox(box, rawOf(text).raw, "expo-2028"),
      await openBox("broken", rawOf(text).raw, "expo-2027"),
    ];
    """
    name = base64.urlsafe_b64encode(hashlib.sha256(b"gate id" + raw).digest()[:9]).decode()
    assert run(code, text, a_token(serial=8), box.decode()) == [name, record, None, None, None]
