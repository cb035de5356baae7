"""What an agent's question may be about, and the words that tell; knows no scenario."""

from __future__ import annotations

import re

from coolhead.codebook import Term


class Topic(Term):
    """What a question asks for."""

    NUMBER = "number", "an order, booking, case, account or policy number"
    NAME = "name", "the customer's name"
    IDENTITY = "identity", "a check of who they are: birth date, password, security question"
    ADDRESS = "address", "where they live, or where it should go"
    CONTACT = "contact", "a phone number or an e-mail address"
    DEADLINE = "deadline", "by when they need it"
    SINCE = "since", "how long it has been going on"
    OFTEN = "often", "how many times, how often"
    DATE = "date", "when it happened, was bought or booked"
    AMOUNT = "amount", "how much money"
    TRIED = "tried", "what they have done about it so far"
    TOLD = "told", "what they were told, and by whom"
    EVIDENCE = "evidence", "a photo, a receipt, an e-mail that shows it"
    FEELING = "feeling", "how they feel, what it did to them"
    WANTS = "wants", "what would put it right for them"
    AVAILABLE = "available", "when they are at home or can be reached"
    SAFETY = "safety", "whether everybody is safe and well"
    SEES = "sees", "what they see, hear or read right now"
    ITEM = "item", "which thing, model, version or service it is"
    WHERE = "where", "where it is or happened"
    REASON = "reason", "why, what for"
    WHAT_HAPPENED = "what_happened", "the story"


_WORDS: dict[Topic, str] = {
    Topic.NUMBER: r"(order|booking|case|account|customer|policy|reference|contract|invoice|ticket|claim"
    r"|reservation|member(ship)?|tracking) (number|no\b|id\b|code|reference)|reference\b|which order"
    r"|your number|what number|the number"
    r"|number (of|should|can|do|on)\b",
    Topic.NAME: r"(your|full|first|last|sur) ?name\b|who am i (speaking|talking|chatting) (to|with)"
    r"|name on the",
    Topic.IDENTITY: r"date of birth|birth ?da(y|te)|password|security (question|answer|code)|\bpin\b|verify"
    r"|confirm your identity|who you are",
    Topic.ADDRESS: r"\baddress\b(?! book)|post ?code|zip|where do you live|street",
    Topic.CONTACT: r"(phone|mobile|telephone|contact|best|call.?back) (number|details)|e-?mail( address)?\b.*"
    r"(your|reach|send|best|use)|(your|best) e-?mail|reach you|get hold of you|call you (back )?on",
    Topic.DEADLINE: r"by when|when (do|would|did) you (need|want|have to)|how (soon|urgent)|deadline"
    r"|need it by"
    r"|how much time",
    Topic.SINCE: r"how long (have|has|did|were|ago|is|was|exactly)|since when|how many (days|weeks|months"
    r"|hours)",
    Topic.OFTEN: r"how (often|many times)|how many (calls|people|e-?mails|times)|first time|(contacted|called"
    r"|rung|written( to)?|got in touch with|spoken to|reached out to) us (before|already|about this)"
    r"|happened before",
    Topic.AMOUNT: r"how much|what amount|which (amount|sum|charge)|the amount|what (were|was|are) you charged"
    r"|what does it (cost|say you owe)|the price",
    Topic.TRIED: r"\btried\b|have you (already )?(done|restarted|checked|reset|turned|looked|contacted"
    r"|spoken)"
    r"|did you (try|restart|check|reset|look|contact|speak|call)|what have you done|steps .* taken",
    Topic.TOLD: r"what (were|was|did|have|had) (you|they|he|she|my colleague|we|he or she)( been)? "
    r"(told|tell|say|said|promised?)|who (told|said|did you|have you|promised)|(told|promised) you"
    r"|they (tell|say)"
    r"|speak (to|with)|spoke (to|with)|whom",
    Topic.EVIDENCE: r"photos?\b|picture|receipt|screenshot|proof|confirmation (e-?mail|letter)|do you have"
    r" (the|a|an) (e-?mail|letter|slip|label)",
    Topic.FEELING: r"how (do|are|did) you feel(ing)?|how (has|did|does) (this|that|it) (affect|hit|left"
    r"|leave|make)"
    r"|what .* (done|mean|meant) (to|for) you|worr(ies|ying) you most|upset(s|ting)? you most|hardest"
    r"|the worst"
    r"|bothers you|weighs|matters? most|most important|what impact",
    Topic.WANTS: r"what (would|do|could|can|should) (you|i|we) (like|want|need|prefer|expect|have in mind|do"
    r"|offer)|what would (help|make|put|be)|how (can|could|would|should) (i|we|you) (put|make|fix|solve|like"
    r"|resolve|want)|right outcome|good outcome|ideal|what are you (hoping|looking) for|hoping for"
    r"|what outcome"
    r"|you need from me",
    Topic.AVAILABLE: r"(at home|be (in|home|there|around|available)|are you (free|available)|suits? you"
    r"|works? for you"
    r"|convenient|good time|best time|time of day|what time|which day)",
    Topic.SAFETY: r"\bsafe\b|danger|are you (ok(ay)?|all right|alright|hurt|warm|well)\b|anyone (hurt|ill"
    r"|with you)"
    r"|with you|medical|health",
    Topic.SEES: r"what (do|can|did) you (see|hear|read)|what does (it|the (screen|light|message|label"
    r"|letter|app|page"
    r"|box|meter)) (say|show|read|do)|error|message|\blights?\b|on (your|the) (screen|label|slip|bill"
    r"|app)|do you see"
    r"|happens when",
    Topic.WHAT_HAPPENED: r"what('s| is| has| exactly| has been)? ?(happened|happening|wrong|going on"
    r"|gone wrong"
    r"|the (matter|problem|issue|trouble)|went wrong|up\b)|tell me (more|what|about|everything|the)"
    r"|take me through"
    r"|walk me through|talk me through|explain (what|the|your)|describe|what('s| is) (it|this) about"
    r"|from the "
    r"(beginning|start|top)|fill me in|more (detail|about)|your side|go on\b|how (can|may|could) (i|we) help"
    r"|what can (i|we) do for you|what brings you|how did (it|this|that) (happen|start|begin|come)",
    Topic.DATE: r"\bwhen\b|what (day|date|time|month)|which (date|month|day)|the date",
    Topic.WHERE: r"\bwhere\b|which (shop|store|branch|station|airport|town|city|room)|location",
    Topic.ITEM: r"what (model|make|brand|kind|type|product|item|device|version|size|colou?r|plan|tariff"
    r"|service)"
    r"|which (model|make|brand|kind|product|item|device|version|size|colou?r|plan|tariff|service|one)"
    r"|what (did you|have you|is it you) (order|buy|bought|book|ordered|booked)|model number|serial",
    Topic.REASON: r"\bwhy (do|did|does|is|was|are|were) (you|it|this|that|they|the time)\b|what for|reason",
}
_TELLS = {topic: re.compile(words, re.IGNORECASE) for topic, words in _WORDS.items()}


def topics(question: str) -> tuple[Topic, ...]:
    """What a question asks for, the most telling first; empty when no words tell."""
    return tuple(topic for topic, tells in _TELLS.items() if tells.search(question))
