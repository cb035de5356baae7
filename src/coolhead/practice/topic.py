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
    Topic.DEADLINE: r"by (when|what (date|day|time)|which (date|day))|(until|till) when|\bwhen\b.*\b(need"
    r"|have to|has to|must|due|latest|at the latest|go out|run out|too late)\b"
    r"|\bwhen\b.*(?<!come)(?<!drop)(?<!stop)(?<!pass) by\W*$|what('s"
    r"| is) due\b|how (soon|urgent(ly)?|quickly)|deadline|(need|want|have) (it|this|that|them)( done| back"
    r"| here| fixed)? (by|before)|how much time|time (do|have) (you|we) (have|got)|\burgent(ly)?\b|\bhurry\b"
    r"|(is|be) the latest\b|at the latest",
    Topic.AVAILABLE: r"\bare you (at home|in|home|free|available|around)\b|\b(anyone|anybody|somebody"
    r"|were you|was he|was she) (at home|home|in)\b|\b(will|would|when)\b.*\byou (be |are )?(at home|in|home"
    r"|free|available|there|around)\b(?! for)|(which|what) (days?|times?)\b.*(suit|work|best|good|come|home"
    r"|free|convenient|call|ring)|suits? you|works? for you|convenient|(good|best|right) (time|moment)"
    r"|time of day|when (can|could|may|should|shall|would|is it) (i|we|he|she|someone|somebody|they|it|(the"
    r"|a|our) \w+) .*(call|ring|phone|come|reach|visit|speak|drop|catch)",
    Topic.CONTACT: r"(phone|mobile|telephone|contact|best|call.?back|landline|cell) (number|details)"
    r"|e-?mail address|(your|an|which|what|best|right|the) e-?mail(?! (say|from|we|you|that))\b|(reach"
    r"|get hold of|get back to|contact|text) you|number .*(call|ring|phone|reach|get|text|use)|best number"
    r"|number (is|would be) best|(call|ring|phone|get) you (back )?on\b|how (can|do|should) (i|we) (reach"
    r"|contact|call)",
    Topic.NUMBER: r"(order|booking|case|account|customer|policy|reference|contract|invoice|ticket|claim"
    r"|reservation|member(ship)?|tracking|file|report|patient|shipment|parcel|consignment|crime|insurance"
    r"|flight)( \w+)? (number|no\b|id\b|code|reference)|\breference\b|which order|(what|which|have|take|give"
    r"|tell|need|confirm|get)\b.*\b(the|your) number\b(?! (of|on))|what number|\bnumber (on|at the top of"
    r"|from|of) (your|the) (\w+ )?(letter|paper\w*|bill|order|invoice|card|contract|slip|e-?mail|policy"
    r"|ticket)|number .*(search|look)",
    Topic.NAME: r"who('s| is) (calling|this|speaking|there|on the (line|phone))|(?<!whose )\b(your|full"
    r"|first|last|sur|family) ?names?\b|who am i (speaking|talking|chatting) (to|with)|name (is it|on the"
    r"|was it|please)|your names?\b",
    Topic.IDENTITY: r"date of birth|(?<!the )birth ?da(y|te)\b(?! present)|when were you born|password"
    r"|security (question|answer|code)|\bpin\b|verify|confirm your identity|who you are",
    Topic.ADDRESS: r"(?<!mail )\baddress\b(?! book)|post ?code|\bzip\b|where do you live|where you live"
    r"|street",
    Topic.SINCE: r"how long (have|has|did|were|ago|is|was|exactly|now)|since when|for how long"
    r"|how many (days|weeks|months|hours)|when did (it|this|that|(the|your) [\w ]+) (start|begin|stop"
    r"|go (down|wrong))|(been|with us) (for )?long|\bfor (so )?long\b|(a )?long time|for a while"
    r"|waiting (for )?long",
    Topic.OFTEN: r"how (often|many times)|how many (people|of us|colleagues) (have|did) you|how many (calls"
    r"|e-?mails|times|chats|attempts|of us)|first time|(contacted|called|rung|phoned|written( to)?|e-?mailed"
    r"|got in touch with|been in touch with|spoken (to|with)|talked to|reached out to) us|happened before"
    r"|before today|(tell|told|ring|rang|rung|report(ed)?|mention(ed)?|raised?|complain(ed)?).* before\b"
    r"|how many .*(dealt|spoken|talked|spoke|had to do)",
    Topic.AMOUNT: r"\b(sum|amount)\b|at stake|how much\b(?! (time|longer|notice))|what amount|which (amount"
    r"|sum|charge)|the amount|\bwhat\b.*\b(charged|cost|costs|owe|price|worth|value|paying|pay|spent"
    r"|spend)\b|the total|(per|a|each) month\b",
    Topic.TRIED: r"\btried\b|(contacted|called|rung|phoned|spoken (to|with)|written to|complained to) us\b"
    r"|\btry(ing)?\b.*(already|so far|before)|have you (already |ever |also )?(done|restarted|checked|reset"
    r"|turned|looked|contacted|spoken|asked|been to|reported)|did you (already )?(try|restart|check|reset"
    r"|look|contact|speak|call|ask|report|take)|what (else )?(have|did) you (done|do)\b|steps .* taken"
    r"|done (about it|so far|already)",
    Topic.TOLD: r"what (exactly )?(were|was|did|have|had|has) (exactly )?((you|they|he|she|anyone|anybody"
    r"|somebody|we|my colleagues?|(the|our|that|my) [\w ]+|\w+)( been)? )(\w+ )?(told|tell|say|said"
    r"|promised?|offered?|explain)|who (told|said|promised|gave|did you (speak|talk)|have you (spoken|talked"
    r"|been))|(told|promised|offered) you|they (tell|say)|(speak|spoke|spoken|talk|talked) (to|with)\b"
    r"|\bwhom\b|her words|his words",
    Topic.EVIDENCE: r"photos?\b|pictures?\b|receipt|screen ?shots?|proof|evidence|(confirmation|confirmed)\b"
    r"|in writing|\b(a|the) copy of|(do|have) you (have|got|still) .*(e-?mail|letter|slip|label|document"
    r"|copy|paper)|which (documents|papers)|documents|can you (show|prove)",
    Topic.FEELING: r"(make|made|makes|making|left|leaves?) you feel(ing)?|feel(ing)? about|(hurts?|hit|hits"
    r"|annoys?|angers?|upsets?|frightens?|scares?) you( the)? most|worr(y|ies) you|worst (of|thing|part)"
    r"|(this|that|it) (do|doing) (to|with) you|your feelings|how (do|are|did|does) (you|that|this"
    r"|it) (make you )?feel(ing)?|how (has|did|does) (this|that|it) (affect|hit|left|leave|make|been for)"
    r"|what .* (done|mean|meant) (to|for) you|worr(ies|ying) you most|upset(s|ting)? you most|hardest"
    r"|the worst|bothers you|weighs|what impact|(hurt|upset) you",
    Topic.WANTS: r"most important|matters? (the )?most|(your|top|first) priority|most urgent(ly)?"
    r"|(would you have|had you|did you|do you) (like|liked|expect|hope|hoped|hoping|want|wish)\w*|expect(ed"
    r"|ing|ations?)?\b|liked us|help you( right)? now|(make|made) (it|this|things) (better|up)"
    r"|what should happen|to settle|what (would|do|could|can|should|might) (you|i|we) (like|want|need|prefer"
    r"|expect|have in mind|do\b(?! for you)|offer)|what would (help|make|put|be|solve|settle)|how (can|could"
    r"|would|should|do) (i|we|you) (put|make|fix|solve|like|resolve|want|get)|right outcome|good outcome"
    r"|ideal|(hoping|looking) for|what outcome|you need from (me|us)|(make|put) (this|it|things) right",
    Topic.SAFETY: r"how('s| is| are) (your|the|he|she|they|everyone|everybody)\b|\bsafe\b|danger|(are you"
    r"|is (everyone|everybody|he|she|your \w+)) (ok(ay)?|all right|alright|hurt|warm|well|managing|coping)\b"
    r"|anyone (hurt|ill|with you)|\bwarm\b|\bcop(e|ing)\b|manag(e|ing)\b|getting by|with you\b|medical"
    r"|health|in pain|any pain|injured",
    Topic.SEES: r"what (do|can|did) you (see|hear|read|get)|what('s| does| do| is) (it|(the"
    r"|your) [\w ]+) (say|show|read|do\b|look)|error|message|\blights?\b|on (your|the) (screen|label|slip"
    r"|bill|app|display)|do you see|happens when",
    Topic.WHAT_HAPPENED: r"how did you (notice|find|realise|learn|hear|discover)"
    r"|\b(your|the (whole|full|entire)) (story|account)\b|what (came|comes"
    r"|came up) (next|after)|after that\W*$|next\W*$|(we|they|us) (do|did|done|get|got|gone|go) wrong"
    r"|\btrouble\b|into (more |further |greater )?details?|\bdetails?\b|the situation|\bin short\b|elaborate"
    r"|(can|could) you (say|tell) .*about|what can you (tell|say)|something more|what('s| is| has| exactly"
    r"| has been| did)? ?(been )?(happened|happening|happen|wrong|going on|gone wrong|the (matter|problem"
    r"|issue|trouble)|went wrong|up\b)|what's been\b|tell me (more|what|about|everything"
    r"|the\b(?! \w*number))|(take|walk|talk) me through|explain (what|the|your)|describe|what('s| is) (it"
    r"|this) (all )?about|from the (beginning|start|top)|fill me in|more (detail|about)|your side|go on\b"
    r"|tell me\W*$|how (can|may|could|do) (i|we) (be of )?(help|assist)|what (can|may|could) (i|we) (do for"
    r"|help)|what brings you|how did (it|this|that) (all )?(happen|start|begin|come)",
    Topic.DATE: r"\bwhen\b|(what|which) (was|is) the (day|date)|the exact (day|date)|what (day|date|time"
    r"|month)|which (date|month|day)|the date",
    Topic.WHERE: r"\bwhere\b|which (shop|store|branch|station|airport|town|city|room|place)|location",
    Topic.ITEM: r"what (is|was) it (that )?you('ve| have|'d)? (order|buy|bought|book|got|have|use)\w*|(what"
    r"|which) thing|\baffected\b(?! by)|(what|which) (exactly )?(did|have) you|what (model|make|brand|kind"
    r"|type|sort|product|item|device|version|size|colou?r|plan|tariff|service|phone)|which (model|make|brand"
    r"|kind|product|item|device|version|size|colou?r|plan|tariff|service|one|fabric)|what (did you|have you"
    r"|is it you|had you|you'd) (order|buy|bought|book|ordered|booked)|model number|serial|what (was|is"
    r"|'s) (it|in it|in the)\b|what's in\b|what (it|that|this|the \w+) (contains?|holds?)|inside",
    Topic.REASON: r"what('s| is) (it|that|this) for\b|\bwhy\b(?! don't)|what for|reason|how come",
}
_TELLS = {topic: re.compile(words, re.IGNORECASE) for topic, words in _WORDS.items()}


def topics(question: str) -> tuple[Topic, ...]:
    """What a question asks for, the most telling first; empty when no words tell."""
    return tuple(topic for topic, tells in _TELLS.items() if tells.search(question))
