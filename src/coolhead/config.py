"""Settings, from the environment (`COOLHEAD_...`) or given by the command line."""

from __future__ import annotations

import os
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Literal
from zoneinfo import available_timezones

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from coolhead.errors import SetupError


class SmtpSecurity(StrEnum):
    """How the line to the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


def machine_zone() -> str:
    """The IANA name of this machine's time zone; UTC where it does not tell."""
    named = os.environ.get("TZ", "").removeprefix(":")
    linked = Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
    return next((name for name in (named, linked) if name in available_timezones()), "UTC")


class Settings(BaseSettings):
    """How one process of Coolhead runs."""

    model_config = SettingsConfigDict(
        env_prefix="COOLHEAD_", frozen=True, extra="forbid", populate_by_name=True
    )

    data: Path = Field(
        default_factory=lambda: user_data_path("coolhead", appauthor=False),
        validation_alias="COOLHEAD_DATA_DIR",
        description="Folder for the embedded database.",
    )
    database: str = Field(
        default="",
        description="Address, postgresql://user:password@host/name; empty for the embedded SQLite.",
    )
    host: str = Field(default="127.0.0.1", description="Network address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    address: str = Field(
        default="",
        pattern=r"^(https?://[^/\s?#@]+)?$",
        description="Where people reach this installation, such as https://desk.example.com.",
    )
    secure_cookies: bool = Field(
        default=False, description="Send cookies over HTTPS only; switch on behind HTTPS."
    )
    allowed_origins: tuple[str, ...] = Field(
        default=(),
        description="Other web origins whose pages may post here, such as https://www.example.com.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1", description="Addresses whose X-Forwarded-For is believed, comma separated."
    )
    threads: int = Field(default=2, ge=1, le=64, description="How many turns are read at the same time.")
    time_zone: str = Field(
        default_factory=machine_zone,
        description="IANA time zone that new clients begin with; this machine's unless set.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="The least important log lines that are written, to standard error."
    )
    smtp_host: str = Field(default="", description="Mail server; empty switches mail off.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: SmtpSecurity = Field(
        default=SmtpSecurity.STARTTLS, description="How the line to the mail server is kept private."
    )
    smtp_user: str = Field(default="", description="Name to sign in with there; empty for none.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password to sign in with there.")
    smtp_from: str = Field(default="", description="Sender of mail, such as Northline <help@example.com>.")
    webhook_networks: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(), description="Private networks that webhooks may reach, such as 10.1.0.0/16."
    )
    oidc_issuer: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#@]+)?$",
        description="Sign-in service (OpenID Connect); empty for none.",
    )
    oidc_client_id: str = Field(default="", description="What Coolhead is called there.")
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="Coolhead's secret there; empty for a public client."
    )
    oidc_name: str = Field(default="your company account", description="How people know that service.")
    oidc_networks: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(), description="Private networks that the sign-in service may be in, such as 10.1.0.0/16."
    )
    llm_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#@]+)?$",
        description="Language model for practice, at an OpenAI-compatible address; empty for none.",
    )
    llm_model: str = Field(default="", description="Name of the model there, such as qwen3:8b.")
    llm_key: SecretStr = Field(default=SecretStr(""), description="Key for that address; empty for none.")
    demo: bool = Field(default=False, description="Start with the demo workspace.")

    @property
    def database_url(self) -> str:
        """Address of the database: PostgreSQL as given, else the SQLite file in the data folder."""
        return self.database or f"sqlite:///{self.data / 'coolhead.db'}"


def load_settings(**given: Any) -> Settings:
    """The settings: given ones before those of the environment; None means not given.

    Raises:
        SetupError: a setting has a value that it cannot have.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "COOLHEAD_" + str(first["loc"][0]).upper().removeprefix("COOLHEAD_")
        raise SetupError(
            f"The setting {name} is wrong: {first['msg']}.", hint="See docs/reference/settings.md."
        ) from error
