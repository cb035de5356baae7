"""The tokenizer that ships: MiniLM's word pieces without other scripts, and emoji read as words."""

from __future__ import annotations

import json
from pathlib import Path

from tokenizers import Tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")

EMOJI = {
    "😀😃😄😁😊🙂☺😺": "smile",
    "😂🤣😆😅": "laughing",
    "😍🥰❤💙💕💖💚💜🧡💛😘": "love",
    "👍👌✅✔": "good",
    "🙏": "please",
    "👏🎉🥳🙌🎊": "hooray",
    "😎🔥⭐🌟": "great",
    "😢😭😿💔": "crying",
    "☹🙁😞😔😟😕": "sad",
    "😠😡😤🤬👿": "angry",
    "🖕": "fuck you",
    "🙄": "rolling eyes",
    "😒😑😐": "annoyed",
    "🙃": "sarcastic smile",
    "🤦": "unbelievable",
    "🤷": "whatever",
    "😱😨😰😧": "scared",
    "😬": "awkward",
    "🤔🤨": "doubt",
    "😩😫🥺": "tired",
    "👎❌": "bad",
    "💩": "shit",
    "🤡": "clown",
    "💀": "dying",
    "🤢🤮": "disgusting",
    "👋": "hello",
    "🚨‼❗": "urgent",
    "⏰⌛⏳": "waiting",
}
"""What an emoji says, in words that the word pieces know."""

INVISIBLE = "\ufe0f\u200d\u2640\u2642\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""Joiners, skin tones and gender signs of emoji, which say nothing about heat."""


def build_tokenizer(source: Path, target: Path) -> list[int]:
    """Writes the pruned tokenizer.json; the kept rows of the source's embedding, in the new order."""
    spec = json.loads(source.read_text(encoding="utf-8"))
    vocabulary = spec["model"]["vocab"]
    kept = [piece for piece in sorted(vocabulary, key=vocabulary.get) if piece in SPECIAL or _wanted(piece)]
    spec["model"]["vocab"] = {piece: number for number, piece in enumerate(kept)}
    ids = spec["model"]["vocab"]
    spec["truncation"] = spec["padding"] = None
    spec["added_tokens"] = [
        token | {"id": ids[token["content"]]} for token in spec["added_tokens"] if token["content"] in SPECIAL
    ]
    for token in spec["post_processor"]["special_tokens"].values():
        token["ids"] = [ids[token["id"]]]
    spec["normalizer"] = {"type": "Sequence", "normalizers": [*_emoji_rules(), spec["normalizer"]]}
    target.write_text(json.dumps(spec, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    Tokenizer.from_file(str(target))
    return [vocabulary[piece] for piece in kept]


def _wanted(piece: str) -> bool:
    """Latin letters without accents (the normalizer takes them off), digits, punctuation, currency."""
    body = piece.removeprefix("##")
    return not body.startswith("[unused") and all(_plain(ord(sign)) for sign in body)


def _plain(sign: int) -> bool:
    return 0x20 <= sign < 0x7F or 0xA1 <= sign < 0xC0 or 0x2010 <= sign <= 0x2026 or 0x20A0 <= sign <= 0x20BF


def _emoji_rules() -> list[dict[str, object]]:
    rules = [(sign, f" {words} ") for signs, words in EMOJI.items() for sign in signs]
    rules += [(sign, "") for sign in INVISIBLE]
    return [{"type": "Replace", "pattern": {"String": sign}, "content": words} for sign, words in rules]
