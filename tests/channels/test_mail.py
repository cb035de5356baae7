from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage
from email.policy import default
from types import SimpleNamespace

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from coolhead.channels.mail import SmtpMailer, mailer_of
from coolhead.config import Settings, SmtpSecurity
from coolhead.errors import SetupError
from coolhead.services.sending.outbox import NotSentError


class Inbox:
    """Keeps letters; refuses who is nobody, and everything while `answer` says so."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.secure: list[bool] = []
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (as above)
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.letters.append(email.message_from_bytes(envelope.content, policy=default))
            self.secure.append(session.ssl is not None)
        return self.answer


def sign_in(_server: SMTP, _session: Session, _envelope: Envelope, _kind: str, given: object) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"post", b"hush hush")
    return AuthResult(success=right, handled=right)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[SimpleNamespace]:
    inbox = Inbox()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(
        inbox, hostname="127.0.0.1", port=port, tls_context=tls, authenticator=sign_in, auth_require_tls=True
    )
    controller.start()
    yield SimpleNamespace(port=port, inbox=inbox)
    controller.stop()


def mailer(port: int, authority: trustme.CA, **changes: object) -> SmtpMailer:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    usual = {
        "host": "127.0.0.1", "port": port, "security": SmtpSecurity.STARTTLS, "user": "post",
        "password": "hush hush", "sender": "Northline Hëlp <help@example.com>", "tls": trusting,
    }  # fmt: skip
    return SmtpMailer(**usual | changes)


async def test_a_letter_arrives_whole_over_a_private_line(
    server: SimpleNamespace, authority: trustme.CA
) -> None:
    await mailer(server.port, authority).send(
        "zoe@example.com", "Your kettle – news", "It is due.\n\nZoë 🙂", "a1"
    )
    (letter,) = server.inbox.letters
    assert (letter["To"], letter["Subject"]) == ("zoe@example.com", "Your kettle – news")
    assert letter["From"] == "Northline Hëlp <help@example.com>"
    assert letter["Message-ID"] == "<a1@example.com>"
    assert letter.get_content().splitlines() == ["It is due.", "", "Zoë 🙂"]
    assert server.inbox.secure == [True]


@pytest.mark.parametrize(
    ("to", "changes", "answer", "for_good"),
    [
        ("nobody@example.com", {}, "250 OK", True),
        ("zoe@example.com", {"password": "wrong"}, "250 OK", False),
        ("zoe@example.com", {}, "451 Later", False),
        ("zoe@example.com", {}, "554 Never", True),
        ("zoe@example.com\nBcc: all@example.com", {}, "250 OK", True),
        ("zoe@example.com", {"tls": ssl.create_default_context()}, "250 OK", False),
        ("zoe@example.com", {"host": "127.0.0.2"}, "250 OK", False),
    ],
)
async def test_what_is_not_sent_is_told_and_never_the_password(
    server: SimpleNamespace,
    authority: trustme.CA,
    to: str,
    changes: dict[str, object],
    answer: str,
    for_good: bool,
) -> None:
    server.inbox.answer = answer
    sending = mailer(server.port, authority, **changes)
    with pytest.raises(NotSentError) as caught:
        await sending.send(to, "News", "Words", "a1")
    assert caught.value.for_good is for_good
    assert server.inbox.letters == []
    assert "hush" not in caught.value.reason + repr(sending)


def test_mail_is_off_until_a_server_is_set_and_then_needs_a_sender() -> None:
    assert mailer_of(Settings()) is None
    with pytest.raises(SetupError, match="sender"):
        mailer_of(Settings(smtp_host="mail.example.com"))
    settings = Settings(smtp_host="mail.example.com", smtp_from="help@example.com", smtp_password="hush")
    assert mailer_of(settings) == SmtpMailer(
        host="mail.example.com", port=587, security=SmtpSecurity.STARTTLS, user="", password="hush",
        sender="help@example.com",
    )  # fmt: skip
    assert "hush" not in repr(settings)
