"""The forms of sentences in which agents ask, propose, say back, refuse and relieve; knows no meaning."""

from __future__ import annotations

import re

_WH = r"(?:what|when|where|who|whom|whose|which|why|how)"
_FILLER = (
    r"^\W*(?:(?:(?:hi|hiya|hey|hello|hullo)(?: there)?|good (?:morning|afternoon|evening|day)|ok|okay|well"
    r"|right|alright|all right|oh|ah|hm+|no (?:rush|hurry)|but|and|so|now|then|thanks|thank you|great|sure"
    r"|yes|no|sorry|please|(?:mr|mrs|ms|miss|dr)\.? \w+|just|first|lastly|finally|also"
    r"|(?-i:[A-Z]\w+)(?=,))\b\W*)*"
)
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|am|have|has|had|can|could|would|will|shall|should|may|don't|doesn't"
    r"|didn't|isn't|aren't|wasn't|weren't|haven't|hasn't|hadn't|can't|couldn't|wouldn't|won't)"
)
_PERSON = (
    r"(?:you|it|there|that|this|the|your|my|our|any\w*|some\w*|every\w*|we|i|they|he|she|a|an|all|those"
    r"|these)"
)
QUESTION = re.compile(
    rf"(?:{_FILLER}|, (?={_WH}))(?:{_AUXILIARY} {_PERSON}\b|{_WH}(?:'s"
    rf"|'re)?(?: \w+){{0,3}}? {_AUXILIARY} (?:{_PERSON}\b|(?-i:[A-Z]))|{_WH}'s (?:{_PERSON}\b|up\b|going\b"
    rf"|wrong\b|happen)|{_WH} (?:\w+ )?happened\b|which \w+\W*$|by when\b)",
    re.IGNORECASE,
)
INVERTED = re.compile(rf"{_FILLER}{_AUXILIARY} \w.*\?\W*$", re.IGNORECASE)
"""Begins with the verb and is marked, whoever it is about ("Did reception give you a number?")."""

UNMARKED = re.compile(
    rf"{_FILLER}(?:(?:at|by|on|in|since|until|from|for|with|to) )?{_WH}(?! (?:i|you|we|he|she|it|they|my"
    rf"|your)\b)(?: (?!i\b|you\b"
    r"|we\b|it\b|they\b)\w+){0,2}? (?:suits?|works?|would|will|is|was|are|were|did|does|do|has|have|had|can"
    r"|could|should|happened|happens|caused|causes|made|makes|went|goes|brings|brought|told|said|says"
    r"|gave|dealt"
    r"|spoke|took|handled|matters|helps?|seems?|appears?)\b[^,.!;]*$",
    re.IGNORECASE,
)
"""A question by its first words, of somebody who types no mark ("what time suits you for a call")."""

NO_MARK = re.compile(
    rf"{_FILLER}(?:(?:at|by|on|in|since|until|from|for|with|to|under) )?"
    r"(?!how (?!much|many|long|often|come|far|soon|old|big|high|did|do|does|is|are|was|were|can|could|has"
    r"|have)\b)"
    rf"{_WH}(?:'s)?\b(?! (?:a|an|i|you|we|it|they|matters|is why|was why|means?|knows)\b)"
    r"(?: [\w',/-]+){2,12}$"
    r"|^\W*(?:and|plus) (?:the|your) (?!\w+ (?:is|was|will|has|'ll|too)\b)\w+"
    r"(?: (?:of|on|for|where|to|at) [\w' ]+)?$",
    re.IGNORECASE,
)
"""The same where nothing at all ends the sentence ("what's in the parcel", "and the date of the order")."""

BEGINS_A_QUESTION = re.compile(
    rf"^\W*(?:(?:roughly|exactly|approximately|around|so|and|ok|okay|right)\W+)*(?:(?:for"
    rf"|since|by|at|on|in|from|to|with|until|about|under|through|of) )?{_WH}\b",
    re.IGNORECASE,
)
_ITEM = (
    r"(?:names?|surname|numbers?|address|reference|post ?code|e-?mail|street|town|city|birth(?:day)?|details)"
)
_FORM_ITEM = (
    r"(?:(?:your|the|a|full|order|account|customer|reference|booking|policy|claim|case|invoice|phone|contact"
    r"|first|last|maiden|mother's|house|street|e-?mail|home|date|year|day|place|of|birth) ?){0,5}"
    rf"{_ITEM}"
)
"""What a form has a line for."""

FRAGMENT = re.compile(
    r"^\W*(?:and |ok(?:ay)? |so |your |the )*(?:any (?:(?:other|more|further) \w+|proof|photos?|evidence|idea"
    r"|deadline|costs|name|news|luck)\b"
    r"[^.!]*|(?:your |full |order |account |customer |reference |phone |booking )*(?:name"
    r"|number|address|reference"
    r"|postcode|e-?mail)(?: please)?"
    rf"|(?:please )?{_FORM_ITEM}(?:,? (?:and|or|plus|with) {_FORM_ITEM})*"
    rf"(?:,? (?:first|again|now|then))?,? please(?:,? {_FORM_ITEM}(?:,? (?:and|or|plus|with) {_FORM_ITEM})*)?"
    rf"|[^.!?]*, (?:do|can|could|would) you (?:happen to )?(?:remember|recall|know|say)"
    r"|(?:anything|something) (?:else|more)\b[^.!,]*"
    r"|(?:best|good|right|convenient) (?:number|time|day|moment|way|e-?mail|address|place)\b[^.!,]*"
    r"|who (?:said|told|promised|wrote|gave|called) \w+(?: \w+)?|(?:since |and |by"
    r" )*(?:how (?:much|many|long|often|come|so)|when|where|who|why))\W*$",
    re.IGNORECASE,
)
"""A question of a word or two that has neither a verb nor a mark ("name please")."""

COMMAND = re.compile(
    rf"{_FILLER}(?:(?:could|can|would|will) you )?(?:please |just |kindly |go ahead and )*"
    rf"(?:tell|give (?:me|us)|confirm|describe|remind|name"
    r"|spell|repeat|walk me|talk me|take me|fill me in|read (?:me|it|out)|let me (?:know|have))\b|\bi(?:'ll"
    r"| will|'d| would|'m| am|'ve)?(?: just| also| only)* (?:need|like|love|have|want|got)"
    rf"(?: to)? (?:know|ask|hear|your|confirm|check|understand)\b|^\W*(?:just|only) need your\b"
    rf"|\bi (?:was|am|'m) wondering\b"
    rf"|\bmind (?:if (?:i|we) ask|(?:me|us|my|our) asking|(?:telling|giving|describing|explaining|sharing"
    rf"|confirming|repeating|going (?:over|through|back)|walking|taking (?:me|us)|saying|spelling))\b"
    r"|\bi (?:didn't|did not|haven't|couldn't) (?:quite )?(?:catch|get|got|hear|make out) (?:the|your) \w+"
    rf"|\bif you (?:told|could tell|would tell|let) me\b|\bwondering {_WH}|\b(?:may|can|could) i (?:just "
    rf"|please |\w+ly )?(?:ask|check|have|take|get|know|request|note)\b.*",
    re.IGNORECASE,
)
REQUESTED_ITEM = re.compile(
    r"^(?!(?!\W*if\b)\W*(?:\w+\W+){0,2}(?:i|we|you|it|they|he|she|there|that|this)\b"
    r"(?!'d\b| would\b|'m after\b| am after\b| didn't\b| did not\b))(?!.*\b(?:thanks|thank you|got)\b)"
    rf"(?:(?=.*\b{_ITEM}\b).*\b(?:please|if you (?:would|could|have|don't mind)|grateful|love|appreciate"
    rf"|favour|catch|after the)\b"
    r"|\W*(?:(?:and |just |only |also |plus )*(?:your|the)|(?:and |also |plus )+an?)"
    rf" (?:\w+ ){{0,2}}{_ITEM}\b"
    r"(?: first| again| now| is| was| too| if (?:poss\w*|you (?:can|have one)))?(?:,| and\b|\W*$)"
    rf"|[^.?!]*: your (?:\w+ ){{0,2}}{_ITEM}\b)",
    re.IGNORECASE,
)
"""What a form has a line for, asked for without a question ("Your surname first, if you would")."""

_OFFERS = re.compile(
    r"^\W*(?:(?:and|so|or|then|ok|okay|right|well)\W+)*(?:shall|should) (?:i|we)\b"
    r"|\b(?:would you like|do you want|would"
    r" it help|is it (?:ok|okay|all right|fine)|do you mind|would you mind)(?: if)? (?:me"
    r"|us|i|we)\b(?! ask)|\b(?:can|could|may"
    r"|might) (?:i|we) (?:just |also |maybe |quickly )*(?:explain|send|call|ring|help"
    r"|offer|suggest|put|check a (?:few"
    r"|couple)|look|go (?:through|over)|transfer|forward|arrange|book|ask you (?:a|some))\b",
    re.IGNORECASE,
)
"""Says what the agent would do, and asks for leave."""


def offers(part: str) -> bool:
    """True when a clause asks for leave to do something, and not what, when or how."""
    found = _OFFERS.search(part)
    return found is not None and _ASKING.search(part[: found.start()]) is None


LEADS_TO_FACT = re.compile(
    rf"(?:{_FILLER}|, |\b(?:ask|tell(?:ing)?|know|check|say(?:ing)?|see|repeat(?:ing)?"
    rf"|wonder|wondering|explain(?:ing)?|remember|describe"
    rf"|confirm|sure|ask you)(?: \w+){{0,3}} )(?!how about|what about|what if|why don't|why not){_WH}\b"
    rf"|\b(?:can|could|may|might) (?:i|we) (?:just |please |also |maybe |\w+ly )*(?:(?:ask|trouble"
    rf"|bother|get) you"
    rf" (?:to|for)|(?:have|take|get|grab|request"
    rf"|note|ask (?:you )?for|(?:double[- ])?check"
    r"|confirm) (?:your|the|a|an))\b|\b(?:can|could|may|might) (?:i|we) (?:just |please |\w+ly )*(?:ask|check"
    r"|know) (?:whether|if) (?:you|your|any|he|she|they|some)"
    r"|\bmind (?:if (?:i|we) ask|(?:me|us|my|our) asking|(?!me\b|us\b)\w+ing)\b"
    r"|\b(?:can|could|would|will) you (?:please |just |maybe "
    r"|also |possibly |kindly "
    r"|\w+ly )*(?!(?:like|prefer|want|rather|mind|accept|agree|consider|be (?:happy|ok"
    r"|okay|fine|willing|all right"
    r"|alright|open|content|satisfied|interested)|hold|bear|wait|hang|stay|allow|excuse"
    r"|forgive|trust|take (?!me)|let"
    r" me (?!know|have)|give (?:me|us) (?:just )?(?:(?:a|an|one|two|five|ten|another|until|till"
    r"|half)\b(?: \w+)?"
    r" (?:moments?|minutes?|seconds?|secs?|hours?|days?|chance|try|go|call|ring|tomorrow|tonight|noon|\w+day)"
    r"|time)\b|settle|go for|need"
    r"|feel|still|calm)\b)\w"
    r"|\bwould you (?:like|care) to (?:tell|share|add|say|explain|mention|describe)\b"
    r"|\b(?:would|will|could|can) you (?:know|have|be (?:in|home|at home|there|free"
    r"|available|around))\b",
    re.IGNORECASE,
)
PROPOSAL = re.compile(
    rf"{_FILLER}(?:would|could|can|shall|should|may|will (?:it|that|this|the)|wouldn't|couldn't|can't"
    rf"|do you (?:want|mind|fancy"
    r"|agree|need me)|want (?:me|us)|how about|what about|what if|why (?:don't|not)|which (?:one |of \w+ "
    r"|option |way )*(?:would|do|suits|works|sounds|is better)|what would you (?:prefer|rather|say)"
    r"|ok(?:ay)? (?:if|for|to)|does (?:that|this|it|\w+day|\w+ o'clock) (?:suit|work|help|do\b|sound|fit)"
    r"|is it (?:ok|all right|alright|fine)|are you (?:happy|ok|okay|all right|fine|comfortable) (?:with|for"
    r"|to|if))\b|^(?!\W*(?:other than|apart from|aside from|besides|otherwise)\b)"
    r"(?!\W*(?:\w+\W+)?(?:did|do|does|have|has|had|was|(?:is|are) (?:everyone|everybody|he|she"
    r"|they|you|your \w+|the (?:children|kids|boy|girl|baby|family|others))"
    r"|were)\b).*(?<!you )(?<!everyone )(?<!everybody )(?<!they )(?<!he )(?<!she )(?<!still )\b(?:ok|okay"
    r"|fine|an option|any (?:use|good|help)|acceptable|all right|alright|suit you|work for you|happy with"
    r"|something for you|enough|agreeable|help)(?: for you| with you| to you| by you| then| at all)?\?*$",
    re.IGNORECASE,
)
_ASKING = re.compile(rf"\b{_WH}\b", re.IGNORECASE)
_PAST_VERB = (
    r"(?:were|was|had|did|got|said|told|came|went|took|gave|made|paid|bought|sent|wrote|rang|spoke|saw|kept"
    r"|left|lost|found|sat|stood|felt|heard|thought|knew|began|broke|ran|drove|flew|spent|met|held|sewn|gone"
    r"|seen|done|known|taken|given|written|spoken|broken|forgotten|driven|flown|eaten|worn|brought|chose"
    r"|swapped|put up|carried|(?!need|proceed|exceed|indeed|speed|feed)\w{2,}ed)"
)
_BETWEEN = r"(?: (?:both|all|each|then|just|only|already|never|also|even|first|actually|clearly|simply))*"
THEIRS = re.compile(
    rf"(?<!if )(?<!would )(?<!could )(?<!can )(?<!when )\byou(?:'ve|'d| have| had)?{_BETWEEN}(?: been"
    rf"| had)? (?:{_PAST_VERB}|been|gone|seen|done|given|taken|written|spoken|told|sat|stood|waiting)\b"
    r"|\byou(?:'d| would) (?:like|rather|prefer)\b(?!\?)|\byou(?:'re| are) (?:asking|asked|told|saying"
    r"|telling|waiting|charged|being|still|without|left|worried that|owed)\b"
    r"|(?<!if )(?<!what )(?<!whatever )(?<!do )\byou (?:want|hope|expect|wish)\b"
    rf"|\b(?:they|he|she|somebody|someone|nobody|no one|none of us|my colleagues?|the \w+|a \w+|one of (?:us"
    rf"|our \w+)){_BETWEEN} (?:had |has |have )?(?:said|told|promised|offered|asked|sent|gave"
    rf"|refused) (?:to )?you\b"
    r"|\b(?:i|we) (?:then |also |only |first )?(?:offered|promised|told|asked|charged|billed|cancelled"
    r"|refused) you\b",
    re.IGNORECASE,
)
PAST = re.compile(
    rf"\b(?:was|(?<!if i )(?<!if it )(?<!as if )were|had|did|didn't|wasn't|weren't)\b|^\W*(?:the|a|an|my|our"
    rf"|your|his|her) (?:(?!is\b|are\b|was\b|be\b)\w+ ){{1,2}}{_PAST_VERB}\b",
    re.IGNORECASE,
)
_IS_IT_SO = (
    r"(?:is|was|would) (?:that|it|this) (?:be )?(?:right|correct|so|it|fair|true|about (?:it|right)|accurate"
    r"|how (?:you|it) (?:see|saw|feel|felt|remember|was|were|went)(?: it)?|the (?:gist|size|sum) of it)"
    r"|isn't (?:that|it) (?:so|right|true)|am i right|have i got that right"
    r"|did i (?:get|follow) (?:that|it)(?: right)?"
)
TAG = re.compile(
    rf",\W*(?:and |or )?(?:right|correct|true|yes|yeah|no|{_IS_IT_SO}"
    rf"|{_AUXILIARY} (?:you|it|they|he|she|there|we|i|that|this|anyone|anybody))\W*\?*$",
    re.IGNORECASE,
)
"""What turns a statement into a question: "…, haven't you?", "…, correct?"."""

TAG_UNMARKED = re.compile(
    rf",\W*(?:and |or )?(?:{_IS_IT_SO}|{_AUXILIARY} (?:you|they|he|she|there))\W*$"
    r"|^\W*(?:(?:ok|okay|right|and|but) )*(?:so|you)\b.*, (?:right|correct|yes|yeah)\W*$",
    re.IGNORECASE,
)
"""The same of somebody who types no mark."""

RIGHT_IN = re.compile(
    r"^\W*(?:(?:so|and|ok|okay|then)\W+)*(?:am i|would i be|is it|i'm|i am) (?:right|correct|true|fair|safe)"
    r" (?:in (?:thinking|saying|assuming|believing) |to (?:say|think|assume) |that )+(?:that )?",
    re.IGNORECASE,
)
"""What turns the statement after it into a question ("Am I right in thinking that you rang us?")."""

PERFECT = re.compile(
    r"\b(?:i|we)(?:'ve| have)\b|\b(?:has|have|'s) (?:now |just |already )*been\b", re.IGNORECASE
)
FUTURE = (
    r"(?:'ll| will| can| could| shall| would| should| might| may|'m going|'re going"
    rf"|'d (?!been\b|like\b|{_PAST_VERB}\b)"
    r"| am going| are going)"
)
SAYS_BACK = re.compile(
    rf"{_FILLER}(?:if i(?:'ve| have)? (?:understand|understood|got|get|hear|heard|follow|read)|(?:let"
    rf"|allow) me (?:to )?(?:just )?(?:quickly )?(?:see (?:if|whether)"
    r"|check(?: that| if| whether)? i|make sure|play|say (?:it|that) back|repeat|sum|recap|go over|get this)"
    r"|(?:as |like )?you(?:'ve)? (?:said|told (?:me|us)|mentioned|wrote|explained|described)|what i(?:'m"
    r"| am)? (?:hear|understand|gather)|i(?:'m| am) hearing|(?:what )?you(?:'re| are) (?:telling|saying)"
    r"|in other words|(?:to )?(?:summari[sz](?:e|ing)|sum|recap|be sure|make sure|check)|just to (?:check"
    r"|confirm|be sure|make sure|recap|sum)|as i understand|am i right|do i have|have i got|i (?:understand"
    r"|see|hear|gather|take it|read|can see)(?: from \w+ \w+)? (?:that|you|your|it)|i(?:'ve| have) (?:got"
    r"|noted|written)|correct me|you mean|meaning|from what you|the way i understand|my understanding)\b",
    re.IGNORECASE,
)
OF_THEIRS = (
    r"you(?: would|'d) (?:like|rather|prefer)|you (?:can't|cannot|couldn't)|(?:your \w+|he|she) (?:can"
    r"|could)\b"
)
"""What they wish and cannot do, and what theirs can: no undertaking of ours."""

_PURPOSE = (
    rf"(?:(?:i|we|you|nobody|it) (?:don't|won't|needn't|do not|can)\b|(?:i|we) (?!(?:understand|see|hear"
    rf"|gather|take|read)\b)\w+ the )[^?]*, (?:{_AUXILIARY} |{_WH}\b)"
)
"""Says what a question is for ("So I find the right file, …")."""

SO = re.compile(
    rf"^(?!\W*so {_PURPOSE})\W*"
    r"(?:(?:ok|okay|right|alright|all right|well|and|oh|ah|hm+|i see|got it|thanks|thank you)\W+)*so\b"
    rf"\W*+(?!that\b)(?!(?!{OF_THEIRS})(?:\w+ ){{0,2}}\w+{FUTURE})"
    r"(?!(?:shall|should|can|could|would|will|may|how|what|when|where|who|which|why|let|i|sorry)\b)",
    re.IGNORECASE,
)
HARMLESS = re.compile(
    r"\b(?:don't (?:worry|hesitate|mind|you worry)|no (?:problem|worries|later than|doubt)|not (?:a problem"
    r"|only|to mention)|(?:at |for )?no (?:extra |additional |further )?(?:cost|charge|fee)s?|without (?:any"
    r"|a|the|your|further) (?:\w+ )?\w+|why (?:don't|not)|whether or not|if not|can't (?:apologi[sz]e|thank"
    r"|imagine)|can(?:'t|not) wait|(?:couldn't|wouldn't|won't|can't|isn't|aren't|wasn't|weren't|don't|didn't"
    r"|hasn't|haven't|doesn't) (?:i|we|you|it|he|she|they|that|this|your|our|there)|no wonder"
    r"|not (?:surprised|surprising)|no matter)\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|cannot|unable|impossible|without|unfortunately we only|n't)\b"
    r"|n't\b|\b(?:refuse|declin(?:e|ing)|out of the question|afraid (?:that )?(?:we|i) only)\b",
    re.IGNORECASE,
)
RELIEF = re.compile(
    r"\byou(?:r \w+)?(?: really| certainly)? (?:don't|do not|won't|will not|needn't|need not|never"
    r"|wouldn't)\b|\b(?:no need|nothing to pay|you owe (?:us )?nothing|without (?:you|your|any|a)\b"
    r"|no (?:charge|cost|fee|debit|deduction))|\bnothing (?:will|is|gets)\b|\bno \w+ (?:will"
    r"|is going to) (?:be )?|\b(?:i|we)(?:'re| are)? (?:won't|will not|not|don't|never)(?: \w+)? (?:charg"
    r"|tak|deduct|bill|debit|collect|ask you|send you away)\w*|\bit (?:won't|will not|doesn't) cost\b"
    r"|\bnobody (?:will|is going to)\b",
    re.IGNORECASE,
)
CANNOT = re.compile(
    r"\b(?:can't|cannot|can not|unable|impossible|not (?:possible|allowed|able|permitted)|no way)\b",
    re.IGNORECASE,
)
CHECK = re.compile(
    r"\b(?:is|was|are|were) (?:that|this|it|all of that|all that) (?:right|correct|so|fair|about right"
    r"|accurate|all|what happened)\b(?! for)|\b(?:have|did|do) i (?:got|get|understood|understand|missed"
    r"|miss|have|hear|heard|follow)\b(?! your)|\bam i (?:right|missing|with you)|, ?(?:right|correct|yes"
    r"|isn't it|wasn't it)\W*\?$|does that (?:cover|sum|sound about)|what did i miss|leave anything out"
    r"|\b(?:anything|something) (?:i've |i )?(?:wrong|missed|missing)",
    re.IGNORECASE,
)
"""Asks whether what was said back is right."""

STATEMENT = re.compile(
    r"^\W*(?:(?:ah|oh|and|but|then|ok|okay|right|hm+|well)\W+)*(?:you(?:r (?:\w+ )?\w+)?|it|they|he|she"
    r"|there|nobody|no one|the (?:\w+ )?\w+)(?:'s|'re|'ve|'d)?(?: \w+)? (?:is|are|was|were|has|have|had|want"
    r"|wants|says?|said|still|never|\w+ed|[a-z]+ing)\b",
    re.IGNORECASE,
)
"""Begins with who or what it tells about, in the order of a statement."""

_POLITE = (
    r"if (?:it|that|this)(?:'s| is|isn't| is not| isn't|'s not) (?:not )?(?:too much|any|no|all right|ok"
    r"|okay|possible"
    r"|convenient|easier|alright)|if (?:you (?:don't|can|could|have|remember|know|wouldn't|would)|i may"
    r"|so|not|possible)"
)
_SUBORDINATE = (
    rf"{_POLITE}|(?:when|once|after|since|until)(?! (?:did|do|does|is|are|was|were|has|have|had|would"
    rf"|will|can"
    r"|could|should|when|what|which)\b)|while|whilst|as|because|although|though|even though|now that|given"
    r"|before|so that|just so|so (?:i|we)|so you (?:don't|won't|needn't)|to (?!whom)|in order|i just|i only|i"
)
_BEFORE = re.compile(
    rf"{_FILLER}(?:{_SUBORDINATE})\b[^?]*?[,:]\s+"
    rf"(?=(?:and )?(?:{_WH}|{_AUXILIARY}|mind|tell|give|might) )",
    re.IGNORECASE,
)


_POINTS_BACK = re.compile(
    r"(?:(?:and )?(?:what|which|who) (?:is|was)|(?:could|can|would) you (?:please |just )*(?:say|repeat"
    r"|give me|tell me|spell)) (?:it|that|this)(?: (?:again|once more|please|now|then))*\W*$",
    re.IGNORECASE,
)
"""Asks for what stands before it ("I didn't catch your name, what was it?")."""


def question_in(text: str) -> str:
    """The question without what stands before it ("Before I put this right, what happened?")."""
    begins = _BEFORE.search(text)
    return text[begins.end() :] if begins and not _POINTS_BACK.match(text, begins.end()) else text
