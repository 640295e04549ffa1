"""The keys that sign badges: the house's own, kept by its owner only, and those derived from it."""

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from expo.errors import SetupProblem
from expo.settings import Settings

HOUSE = 0
"""The number of the house's own key, which signed all badges before editions had keys of their own."""


def badge_key(settings: Settings) -> Ed25519PrivateKey:
    """The house's private key. Whoever replaces it makes every printed badge invalid."""
    text = settings.badge_key or _kept(settings.instance / "badge-key")
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))
    except ValueError:
        raise SetupProblem(
            "The badge key is not 64 hexadecimal digits. Put back the file badge-key of the instance folder, "
            "or the value of EXPO_BADGE_KEY: with another key no printed badge is valid any more."
        ) from None


def edition_key(house: Ed25519PrivateKey, edition_id: int, number: int) -> Ed25519PrivateKey:
    """An edition's private key of a number, derived (HKDF, RFC 5869): the database never holds one."""
    if number == HOUSE:
        return house
    derive = HKDF(SHA256(), length=32, salt=b"caravanserai badges", info=f"{edition_id}/{number}".encode())
    return Ed25519PrivateKey.from_private_bytes(derive.derive(house.private_bytes_raw()))


def _kept(path: Path) -> str:
    """The key in the file, made first if there is none; of two processes at once the first one's stays."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"badge-key.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
