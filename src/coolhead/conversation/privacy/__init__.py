"""Masking of personal data, before anything is stored or logged.

Knows the words of one line and of the few before it; nothing of speakers, storage or what a turn means.
"""

from coolhead.conversation.privacy.finding import Masked, PersonalData, Span
from coolhead.conversation.privacy.masking import mask
from coolhead.conversation.privacy.redact import redact

__all__ = ["Masked", "PersonalData", "Span", "mask", "redact"]
