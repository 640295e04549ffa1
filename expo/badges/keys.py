"""The key that signs badges: from the settings, or made once and kept readable by its owner only."""

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from expo.errors import SetupProblem
from expo.settings import Settings


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
