"""The two networks that ship and the linear model beside them, and nothing of what their numbers mean.

The encoder reads one turn by itself, the heads read it beside the turns before it. Every turn goes through
alone, in bulk too: 8-bit sums depend on what else is in a batch, and a replay must give the same numbers bit
for bit.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from coolhead.errors import SetupError
from coolhead.perception.tokens import Cutter
from coolhead.perception.word_counts import WordCounts

Floats = npt.NDArray[np.float32]

MODELS = files("coolhead.perception") / "models"
"""Where the weights lie within the package."""

TOKENIZER = "tokenizer.json.gz"

BEFORE = 8
"""Turns before the present one that the heads see."""

REMEMBERED = 8192
"""Turns whose vectors are kept; about 13 MB."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One turn by itself.

    Attributes:
        states: [T, 384], what each token means in this turn.
        vector: [384], the turn as a whole.
        pieces: [384], the mean of what its word pieces mean anywhere, before they are read beside each other.
        spans: [T] first and last-plus-one character of each token; empty for the first and the last.
    """

    states: Floats
    vector: Floats
    pieces: Floats
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the heads say of one turn.

    Attributes:
        turn: logits of the turn's labels [L].
        conversation: logits of the conversation so far [C].
        added: what each token between the first and the last adds to each label's logit [T - 2, L].
    """

    turn: Floats
    conversation: Floats
    added: Floats


class Encoder:
    """Tokenizer, encoder, heads and word counts; safe to share between threads.

    Args:
        folder: holds tokenizer.json.gz, encoder.onnx, heads.onnx and words.npz.
        threads: processor threads that one turn may use.

    Raises:
        SetupError: when a file is missing or is no network.
    """

    def __init__(self, folder: Traversable = MODELS, *, threads: int = 1) -> None:
        self._cutter = Cutter(read_tokenizer(folder))
        self._encoder = _session(folder, "encoder.onnx", threads)
        self._heads = _session(folder, "heads.onnx", threads)
        self._words = WordCounts.read(folder)
        self._vectors: OrderedDict[tuple[str, bool], Floats] = OrderedDict()
        self._lock = Lock()

    def encode(self, text: str, *, by_customer: bool) -> Encoded:
        """Reads one turn by itself; of a very long one the beginning and the end."""
        tokens = self._cutter.cut(text, by_customer=by_customer)
        states, vector, pieces = self._encoder.run(None, {"ids": tokens.ids, "kinds": tokens.kinds})
        self._remember((text, by_customer), vector)
        return Encoded(states, vector, pieces, tokens.spans)

    def vector(self, text: str, *, by_customer: bool) -> Floats:
        """The turn as a whole [384], from memory where it was read lately."""
        with self._lock:
            known = self._vectors.get((text, by_customer))
        return self.encode(text, by_customer=by_customer).vector if known is None else known

    def heads(
        self, encoded: Encoded, before: Sequence[Floats], sides: Sequence[bool], texts: Sequence[str]
    ) -> Outputs:
        """Reads a turn beside the vectors of the turns before it.

        Args:
            encoded: the present turn.
            before: vectors of at most eight turns before it, oldest first.
            sides: for each of them and the present one, True when the customer spoke.
            texts: the words of each of them and of the present one.
        """
        turn, conversation, added = self._heads.run(
            None,
            {
                "states": encoded.states,
                "vectors": np.stack([*before, encoded.vector]),
                "sides": np.array([0 if by_customer else 1 for by_customer in sides], dtype=np.int64),
            },
        )
        return Outputs(turn + self._words.logits(texts), conversation, added)

    def _remember(self, key: tuple[str, bool], vector: Floats) -> None:
        with self._lock:
            self._vectors[key] = vector
            self._vectors.move_to_end(key)
            if len(self._vectors) > REMEMBERED:
                self._vectors.popitem(last=False)


def read_tokenizer(folder: Traversable) -> Tokenizer:
    """The tokenizer that ships, packed because it is a fifth of a megabyte of repetition.

    Raises:
        SetupError: when the file is missing or damaged.
    """
    packed = _read(folder, TOKENIZER)
    try:
        return Tokenizer.from_str(gzip.decompress(packed).decode())
    except (OSError, EOFError) as error:
        raise SetupError(
            f"The text model's file {TOKENIZER} in {folder} is damaged.", hint="Install Coolhead again."
        ) from error


def _read(folder: Traversable, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise SetupError(
            f"The text model's file {name} is missing from {folder}.",
            hint="Install Coolhead again; from a clone, check that the weights were fetched whole.",
        ) from error


def _session(folder: Traversable, name: str, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    network = _read(folder, name)
    try:
        return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a class of its own for each way to be broken
        raise SetupError(
            f"The text model's file {name} in {folder} is damaged.", hint="Install Coolhead again."
        ) from error
