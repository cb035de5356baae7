"""Hears many conversations, in this process or in several, and keeps their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

from coolhead.analysis import Analysis, analyse
from coolhead.conversation.turn import Conversation
from coolhead.engine import Engine
from coolhead.guidance.playbook import Playbook

AHEAD_PER_JOB = 8

_engine: Engine | None = None


def hear(
    conversations: Iterator[Conversation], *, jobs: int, playbook: Playbook | None
) -> Iterator[Analysis]:
    """The analysis of each conversation, in their order; at most some dozens are held at a time."""
    if jobs == 1:
        engine = Engine.load(playbook)
        yield from (analyse(engine, conversation) for conversation in conversations)
        return
    with ProcessPoolExecutor(
        jobs, mp_context=_fresh_processes(), initializer=_load_engine, initargs=(playbook,)
    ) as pool:
        waiting: deque[Future[Analysis]] = deque()
        for conversation in conversations:
            waiting.append(pool.submit(_analyse, conversation))
            if len(waiting) >= jobs * AHEAD_PER_JOB:
                yield waiting.popleft().result()
        yield from (future.result() for future in waiting)


def _fresh_processes() -> BaseContext:
    """Processes that share none of this one's threads.

    Where the system can, all start from one that has imported the product already, so that it is imported
    twice however many jobs there are.
    """
    return get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")


def _load_engine(playbook: Playbook | None) -> None:
    global _engine  # one engine a worker process, loaded once
    _engine = Engine.load(playbook)


def _analyse(conversation: Conversation) -> Analysis:
    assert _engine is not None  # noqa: S101  # the pool's initializer has run
    return analyse(_engine, conversation)
