"""Settings from the environment (`EXPO_…`), checked once at start."""

import os
import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from expo.errors import SetupProblem

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting with its default; `docs/operating.md` explains them."""

    model_config = SettingsConfigDict(env_prefix="EXPO_", extra="ignore")

    database_url: str | None = None
    instance: Path = Field(default=ROOT / "instance", validate_default=True)
    secret_key: str | None = Field(default=None, min_length=32)
    badge_key: str | None = Field(default=None, pattern=r"^[0-9a-fA-F]{64}$")
    site_url: str | None = None
    trusted_proxies: int = Field(default=0, ge=0, le=8)
    web_workers: int = Field(default=2, ge=1, le=64)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    max_upload_mb: int = Field(default=64, ge=1, le=1024)
    max_rows: int = Field(default=200_000, ge=100)
    sign_in_days: int = Field(default=14, ge=1, le=365)
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_tls: bool = True
    mail_from: str = "caravanserai@localhost"
    stalled_after_s: float = Field(default=12, ge=1)
    demo: bool = True

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: str | None) -> str | None:
        if value is None or value.strip() == "":
            return None
        if not value.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
            raise ValueError("must start with postgresql://")
        return value

    @field_validator("site_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is None or value.strip() == "":
            return None
        if not re.fullmatch(r"https?://[^/?#\s]+/?", value.strip()):
            raise ValueError("must be an address such as https://expo.example.org")
        return value.strip().rstrip("/")

    @field_validator("instance")
    @classmethod
    def _writable(cls, value: Path) -> Path:
        folder = value.expanduser().resolve()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ValueError(f"the folder {folder} cannot be made ({error.strerror})") from error
        if not os.access(folder, os.W_OK):
            raise ValueError(f"the folder {folder} cannot be written; choose one of your own")
        return folder

    @model_validator(mode="after")
    def _mail_needs_address(self) -> Self:
        """Without it the links in our mail would lead wherever a request's Host header says."""
        if self.smtp_host and not self.site_url:
            raise ValueError("EXPO_SMTP_HOST needs EXPO_SITE_URL, so that links in mail lead to this site")
        return self


def read_settings(**given) -> Settings:
    """Settings from the environment, overridden by `given`. SetupProblem names each bad variable."""
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = "; ".join(_in_words(item["loc"], item["msg"]) for item in error.errors())
        raise SetupProblem(f"A setting is wrong: {wrong}. Correct or unset it and start again.") from None


def _in_words(place: tuple, message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"EXPO_{str(place[0]).upper()}: {message}" if place else message
