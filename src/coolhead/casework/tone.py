"""How a client wants to sound in what is written for it."""

from __future__ import annotations

from coolhead.codebook import Term


class Tone(Term):
    """The voice of letters and messages."""

    WARM = "warm", "first names, short sentences, feelings named"
    PLAIN = "plain", "friendly and to the point"
    FORMAL = "formal", "surnames, whole sentences, no contractions"
