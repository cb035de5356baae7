"""Letters over SMTP, with the standard library's client in a thread."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from coolhead.config import Settings, SmtpSecurity
from coolhead.errors import SetupError
from coolhead.services.sending.outbox import NotSentError

TIMEOUT_S = 20.0
REFUSED_FOR_GOOD = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpMailer:
    """Hands letters to one SMTP server; as `services.sending.mail.Mailer`.

    Attributes:
        security: `starttls` (refused when the server does not offer it), `tls` from the first byte, or none.
        user: name to sign in with; empty to send without signing in.
        sender: the From address, `Name <address>` or the address alone.
        tls: whom to trust; the system's authorities unless given.
    """

    host: str
    port: int
    security: SmtpSecurity
    user: str
    password: str = field(repr=False)
    sender: str
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False, compare=False)

    async def send(self, to: str, subject: str, text: str, message_id: str, reply_to: str = "") -> None:
        """Sends a letter.

        Raises:
            NotSentError: the server could not be reached or did not accept it.
        """
        try:
            letter = self._letter(to, subject, text, message_id, reply_to)
        except (ValueError, MessageError) as error:
            raise NotSentError("The letter's address or subject cannot be sent.", for_good=True) from error
        try:
            await asyncio.to_thread(self._hand_over, letter)
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise NotSentError(
                f"The mail server refused the address ({code}).", for_good=code >= REFUSED_FOR_GOOD
            ) from error
        except smtplib.SMTPAuthenticationError as error:
            raise NotSentError(f"The mail server refused the password ({error.smtp_code}).") from error
        except smtplib.SMTPResponseException as error:
            raise NotSentError(
                f"The mail server answered {error.smtp_code}.",
                for_good=error.smtp_code >= REFUSED_FOR_GOOD and isinstance(error, smtplib.SMTPDataError),
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSentError(f"The mail server cannot be used: {type(error).__name__}.") from error

    def _letter(self, to: str, subject: str, text: str, message_id: str, reply_to: str) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self.sender
        letter["To"] = to
        if reply_to:
            letter["Reply-To"] = reply_to
        letter["Subject"] = subject
        letter["Date"] = formatdate(localtime=True)
        domain = parseaddr(self.sender)[1].rpartition("@")[2]
        letter["Message-ID"] = f"<{message_id}@{domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text)
        return letter

    def _hand_over(self, letter: EmailMessage) -> None:
        with self._connected() as server:
            if self.security is SmtpSecurity.STARTTLS:
                server.starttls(context=self.tls)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(letter)

    def _connected(self) -> smtplib.SMTP:
        if self.security is SmtpSecurity.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=self.tls)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)


def mailer_of(settings: Settings) -> SmtpMailer | None:
    """What carries mail as the settings say; None where mail is off.

    Raises:
        SetupError: there is a mail server and no sender.
    """
    if not settings.smtp_host:
        return None
    if "@" not in parseaddr(settings.smtp_from)[1]:
        raise SetupError(
            "There is a mail server but no sender of mail.",
            hint="Set COOLHEAD_SMTP_FROM to an e-mail address.",
        )
    return SmtpMailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        sender=settings.smtp_from,
    )
