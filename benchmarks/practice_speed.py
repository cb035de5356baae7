"""How fast a customer replies: each turn on one core, and many people who practise at once on all of them."""

from __future__ import annotations

import heapq
import os
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import fmean
from typing import Any

import numpy as np

from benchmarks.practice_runs import Played, begun
from coolhead.engine import Engine
from coolhead.practice.chance import fraction
from coolhead.practice.run import Practice, Run

LEAST_THOUGHT, MOST_THOUGHT = 10.0, 30.0
"""Seconds that a person takes to read a reply and to answer it."""


def reply_times(runs: Sequence[Played]) -> dict[str, float]:
    """Milliseconds of each reply when runs are played again, on one core, in a process of its own."""
    spoken = [(each.seed, each.said) for each in runs]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found: dict[str, float] = pool.submit(_timed, spoken).result()
    return found


def _timed(spoken: Sequence[tuple[int, Sequence[str]]]) -> dict[str, float]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    practice = Practice(Engine.load())
    wall, processor = [], []
    for seed, said in spoken:
        run = begun(practice, seed)
        for text in said:
            began, worked = time.perf_counter(), time.process_time()
            run = practice.say(run, text)
            wall.append((time.perf_counter() - began) * 1000)
            processor.append((time.process_time() - worked) * 1000)
    return {
        "replies_timed": len(wall),
        "reply_ms_p50": float(np.percentile(wall, 50)),
        "reply_ms_p95": float(np.percentile(wall, 95)),
        "reply_processor_ms_p50": float(np.percentile(processor, 50)),
        "reply_processor_ms_p95": float(np.percentile(processor, 95)),
    }


@dataclass
class _Person:
    """Somebody who practises: a run, and what is still to say in it."""

    number: int
    run: Run
    said: Sequence[str]
    spoken: int = 0

    def next_text(self) -> str:
        text = self.said[self.spoken % len(self.said)]
        self.spoken += 1
        return text


def many_at_once(runs: Sequence[Played], people: int, seconds: float) -> dict[str, Any]:
    """Latency while `people` practise at once for so long, each thinking between turns; on every core.

    Milliseconds from the moment at which a person has said their turn to the moment at which the reply is
    there, waiting for a thread included. A run that is over begins anew.
    """
    practice = Practice(Engine.load())
    crowd = [
        _Person(number, begun(practice, runs[number % len(runs)].seed), runs[number % len(runs)].said)
        for number in range(people)
    ]
    due = [(_thought(each, 0) * fraction(each.number, "phase"), each.number) for each in crowd]
    heapq.heapify(due)
    waited: list[float] = []
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        began = time.perf_counter()
        under_way: list[Future[tuple[int, float]]] = []
        while (now := time.perf_counter() - began) < seconds:
            for done in [each for each in under_way if each.done()]:
                under_way.remove(done)
                number, at = done.result()
                heapq.heappush(due, (at - began + _thought(crowd[number], crowd[number].spoken), number))
            while due and due[0][0] <= now:
                _, number = heapq.heappop(due)
                asked = time.perf_counter()
                under_way.append(threads.submit(_turn, practice, crowd[number], asked, waited))
            time.sleep(0.002)
    return {
        "people": people,
        "people_replies": len(waited),
        "people_replies_a_s": len(waited) / seconds,
        "people_ms_mean": fmean(waited),
        "people_ms_p50": float(np.percentile(waited, 50)),
        "people_ms_p95": float(np.percentile(waited, 95)),
        "people_ms_max": max(waited),
    }


def _turn(practice: Practice, person: _Person, asked: float, waited: list[float]) -> tuple[int, float]:
    if person.run.over:
        person.run = practice.replay_from(person.run, 1)
    person.run = practice.say(person.run, person.next_text())
    done = time.perf_counter()
    waited.append((done - asked) * 1000)
    return person.number, done


def _thought(person: _Person, turn: int) -> float:
    return LEAST_THOUGHT + (MOST_THOUGHT - LEAST_THOUGHT) * fraction(person.number, "thought", turn)
