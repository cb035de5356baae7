"""Passwords and answers to security questions: what is said to be one, or answers the question for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.spoken import vocabulary

_SAID_SECRETS = (
    r"pass ?words?|pass ?codes?|pass ?phrases?|pwd|pw|safe ?word|code ?word|secret word|memorable word|"
    r"memorable (?:place|name|date|answer|information)|security (?:word|answer)|verbal password|key ?word"
)
_QUESTION = (
    r"mother'?s? maiden name|maiden name(?: of (?:my|your) mother)?|(?:my |your |the )?(?:first|"
    r"childhood|favou?rite) (?:pet|car|teacher|school|"
    r"job|film|movie|book|colou?r|food|band|team|street|friend|concert|employer|singer|song|"
    r"holiday)(?:'s name)?|"
    r"(?:pet|dog|cat)'s name|"
    r"name of (?:your|my|the) (?:first|childhood|favou?rite|primary|oldest|best) (?:\w+ ?){1,2}|"
    r"security (?:answer|question)|secret (?:answer|question)|answer to (?:my|your|the) (?:\w+ )?question|"
    r"place of birth|town of birth|city of birth|(?:city|town|place|where) (?:were you|you were|i was|"
    r"was i) born(?: in)?|"
    r"(?:favou?rite|childhood) \w+|(?:primary|elementary|first) school|street (?:did )?(?:you|i) gr[eo]w up"
    r"(?: (?:on|in))?|best man"
)
_VALUE_AFTER = re.compile(
    rf"(?<![a-z])(?:{_SAID_SECRETS})(?: (?:for|to|on|of) (?:the|my|your) \w+| (?:you|they|it) (?:gave|sent|"
    rf"set)(?: me)?|"
    r" i (?:set|used|use|chose|have)| label| is set| was set)?"
    r"(?: ?[:=] ?|'s (?=[a-z])| (?:is|was|to|as|it's|its|being|should be|would be|set to|equals|-|–)"
    r" (?:now )?|, |"
    r"(?<=pw) |(?<=pwd) )"
    r"(?:called |still |just |currently |set to |actually |literally |now |it's )?"
)
_SET_TO = re.compile(
    r"(?<![a-z])(?:set|changed|reset|change|make|made|use|using|put|try|tried|typed|type|enter|entered|"
    r"(?:log|logged|sign|signed) in with) (?:it |that |my \w+ |the \w+ )?"
    r"(?:to |in |as )?(?=(\S+).{0,40}?"
    r"(?:(?P<as>as )(?:(?:my|the|a|new) (?:\w+ )?)?|(?:my|the|a|new) (?:\w+ )?)"
    r"(?:password|passcode|pass ?phrase))"
)
_ANSWER_AFTER = re.compile(
    rf"(?<![a-z])(?:{_QUESTION}|answer (?:i|we) (?:gave|set|put|chose))(?: answer)?"
    rf"(?:,? (?:is|was|would be|should be|it's|its)|'s| ?[:=-])"
    r" (?:called |named |still |actually )?"
)
_TOKEN = re.compile(r"\S+")
_CLAUSE = re.compile(
    r"[.,;!?](?=\s|$)|\s(?:and|but|so|if|because|then|or|please|thanks|thank|for the|for that|po|is that|"
    r"right|as)\b|"
    r"\s[-–—]+\s|\n|$"
)
_NOT_A_VALUE = vocabulary(
    "not wrong incorrect blocked expired working being the a an too required invalid locked my your what "
    "that this "
    "different case asking still always saved forgotten ok fine and so reset changed on in for to weak "
    "strong accepted "
    "rejected correct right same new old hidden safe secure protected needed missing never no just "
    "showing only set "
    "something it gone lost unknown mine yours stuck coming about i you we they case-sensitive sensitive "
    "sent due "
    "empty blank useless broken confirmed used under with at or nothing unavailable when where why how "
    "there here "
    "rubbish also very already none longer going really failing failed supposed written stored at least easy "
    "refused letters numbers everything all one recognised recognized valid good bad long short simple "
    "complex "
    "compulsory optional case dead outdated compromised leaked hacked stolen available ready did does "
    "doesn't "
    "but dear sir ma'am please thanks mate love "
    "isn't wasn't won't can't don't and/or per both someone anything private yet now asked given because"
)
_LOOKS_SECRET = re.compile(r"(?=\S{0,39}[^\W\d_])(?=\S{0,39}[\d#$!@&*%^_?+=~-])[^\s,;]{5,40}")
_NAMED_PASSWORD = words(_SAID_SECRETS, r"(?<!boarding )(?<!season )(?<!travel )pass", "wi-?fi key")
_LEAD = re.compile(
    r"(?:\W*(?:(?:it|that|this|the answer|answer|my (?:\w+ ){0,3}|the \w+|they|she|he)(?:'s| is| was| "
    r"would be|"
    r" should be)|it's|its|that's|was|were|is|yes|yeah|yep|sure|ok|okay|um|uh|er|erm|oh|ah|well|so|i "
    r"think|i believe|"
    r"i said|i put|i set|probably|maybe|think|must be|should be|would be|called|named|hi|hello|of course|"
    r"certainly|"
    r"the|a|an|try|hmm|right|here you go|one sec|alright|in)(?!\w))*\W*"
)
_NO_ANSWER = words(
    r"(?:do|did|have|has|is|was|are|wo|ca|does|would|could|should)n't|dont|cant|not|never|why|what|sorry",
    r"cannot|forgot(?:ten)?|remember|hang on|hold on|let me|which|where|how|who|no idea|no|nothing",
    r"none|please",
    r"one (?:sec|moment|minute)|wait|help|already|can i|can you|could you|need|want|changed|reset|expired",
    r"wrong|incorrect|says|worked|arrived|received|got it|yet|still|waiting|nope|hello|i am|i have",
    r"thank you|thanks",
    r"pardon|repeat|again|know|told|asked|given|necessary|really|rather",
)
_ASKED_WORD = words(_SAID_SECRETS, _QUESTION, r"memorable \w+,? ?(?:\w+,? )?(?:or|place)")
_ONLY_ASSENT = re.compile(
    r"\W*(?:yes|yeah|yep|no|nope|ok|okay|sure|done|correct|right|fine|great|perfect|excellent|good|cool|"
    r"alright|thanks|sorry|hi|hello|bye|lovely|brilliant)\W*"
)
_CHARACTERS = words(
    r"(?:characters?|letters?|digits?|numbers?)(?: \w+){0,3} (?:of|from|in) (?:your|the)"
    r" (?:\w+ )?(?:pin|pass ?\w+)"
)
_STOP = re.compile(r"[.!?](?=\s)")
_COUNT = re.compile(r"\d+(?:st|nd|rd|th|am|pm|x|[ap]|k|gb|mb)|\d+(?:-[a-z]+)+(?:-\d+)?|\d+[a-z]+")
_ASKS_BACK = re.compile(
    r"\W*(?:is|are|do|does|did|can|could|should|would|will|have|has|i'd|i'm|i've|i don|i can)\b"
)
_NOT_ASKING = words(
    "reset(?:ting)?",
    "forgot(?:ten)?",
    "new password",
    "change(?:d)?",
    "recover(?:y)?",
    "link",
    "log ?in",
    "strong",
    "creat(?:e|ing)",
    "correct password",
    "the customer",
)
_NEAR = 45
_LONGEST_CLAUSE = 160
_LONGEST_ANSWER = 7


class Password:
    """Finds what is said to be a password or a security answer."""

    name = "password or security answer"

    def find(self, line: Line) -> Iterator[Finding]:
        """Values after "password is", tokens that look like one, answers to the security question."""
        for pattern in (_VALUE_AFTER, _ANSWER_AFTER):
            for match in pattern.finditer(line.low):
                yield from self._value(line, match.end())
        for match in _SET_TO.finditer(line.low):
            start, end = match.span(1)
            token = line.low[start:end]
            if _is_plain_word(token) or not (match.group("as") or _mixed(token)):
                continue
            yield from self._one(
                line, start, start + len(line.low[start:end].rstrip(".,;!?")), 0.84, Evidence.NAMED
            )
        yield from self._tokens(line)
        request = line.context.request
        if (_ASKED_WORD.search(request) or _CHARACTERS.search(request)) and not _NOT_ASKING.search(request):
            yield from self._answer(line)

    def _value(self, line: Line, start: int) -> Iterator[Finding]:
        first = _TOKEN.match(line.low, start)
        if first is None or _is_plain_word(first.group()):
            return
        token = first.group().strip("\"'“”‘’.,;:!?")
        if _LOOKS_SECRET.fullmatch(line.low[start : first.end()].rstrip(".,;?")):
            end = start + len(first.group().rstrip(".,;?"))
        elif token.isdigit() or len(token) <= 1:
            end = _clause_end(line.low, start)
        else:
            end = _clause_end(line.low, first.start())
        if len(line.low[start:end].split()) <= 14:
            yield from self._one(line, start, end, 0.88, Evidence.NAMED)

    def _tokens(self, line: Line) -> Iterator[Finding]:
        asked = bool(_ASKED_WORD.search(line.context.request))
        cues = [match.end() for match in _NAMED_PASSWORD.finditer(line.low)]
        if not asked and not cues:
            return
        for match in _LOOKS_SECRET.finditer(line.low):
            near = _is_near(line.low, cues, match.start())
            token = match.group().rstrip(".,;?")
            if "://" in line.low[max(0, match.start() - 400) : match.end()].rsplit(maxsplit=1)[-1]:
                continue
            if (asked or near) and _mixed(token) and "[" not in token:
                start = match.start()
                yield from self._one(
                    line,
                    start,
                    start + len(token),
                    0.86 if near else 0.7,
                    Evidence.NAMED if near else Evidence.ASKED,
                )

    def _answer(self, line: Line) -> Iterator[Finding]:
        """The whole reply to the question, when it is short and an answer."""
        if _ONLY_ASSENT.fullmatch(line.low) or "?" in line.low or _ASKS_BACK.match(line.low):
            return
        lead = _LEAD.match(line.low)
        start = lead.end() if lead else 0
        end = _clause_end(line.low, start)
        if _CHARACTERS.search(line.context.request):
            end = len(line.low)
        if end <= start:
            return
        said = line.low[start:end]
        if len(said.split()) > _LONGEST_ANSWER and not _is_spelt(said):
            return
        if _NO_ANSWER.search(line.low[:end]) or "[" in said:
            return
        yield from self._one(line, start, end, 0.73, Evidence.ASKED)

    def _one(self, line: Line, start: int, end: int, score: float, why: Evidence) -> Iterator[Finding]:
        while start < end and line.low[start] in " \"'“‘(":
            start += 1
        while end > start and line.low[end - 1] in " \"'”’),.;":
            end -= 1
        if start < end and "[" not in line.low[start:end]:
            yield Finding(
                start=start,
                end=end,
                type=PersonalData.SECRET,
                score=score,
                recogniser=self.name,
                why=why.value,
            )


def _is_plain_word(token: str) -> bool:
    """True for a word that tells something about the password rather than being it."""
    word = token.strip("\"'“”‘’.,;:!?")
    if word in _NOT_A_VALUE or not word:
        return True
    return word.isalpha() and word.endswith(("ing", "ed", "n't")) and len(word) > 4


def _is_spelt(said: str) -> bool:
    parts = said.split()
    return sum(len(part) == 1 or part.isdigit() for part in parts) * 2 >= len(parts)


def _mixed(token: str) -> bool:
    """True when letters come with digits or signs as in no common word."""
    inner = token.strip("-'’._!?#@")
    if not any(char.isdigit() or char in "#$@&*%^!_+=~" for char in inner) or "/" in token:
        return False
    return any(char.isalpha() for char in inner) and not _COUNT.fullmatch(inner)


def _is_near(low: str, cues: list[int], start: int) -> bool:
    """True when the last cue before stands close by in the same sentence."""
    at = bisect_right(cues, start)
    return at > 0 and start - cues[at - 1] <= _NEAR and not _STOP.search(low, cues[at - 1], start)


def _clause_end(low: str, start: int) -> int:
    match = _CLAUSE.search(low, start + 1, start + _LONGEST_CLAUSE)
    return match.start() if match else min(len(low), start + _LONGEST_CLAUSE)


RECOGNISERS = (Password(),)
