"""The words that tell what a question asks for; knows no scenario."""

from __future__ import annotations

import re

from coolhead.practice.topic import Topic

_WORDS: tuple[tuple[Topic, str], ...] = (
    (
        Topic.MORE,
        r"(missed?|forgotten|left out|leave out|leave) (anything|something|it out)|(anything"
        r"|something) (\w+ )?(i've |i have |i )?(missed|left out)|(anything|something|more|else) (\w+"
        r" )?(that )?(i|we) (should|ought|need|have|must|could) (to )?(know|be aware|note|consider)"
        r"|(anything|something) (else|more|further)?\W*(you('d| would)? (like|want|wish)( me)? to"
        r" (add|tell|share|say|mention|know)|to (add|tell|mention|say))|(you )?(haven't|have not|not)"
        r" (told|mentioned|said)|what else (happened|can you|should i|do i need|is there|was)|(did"
        r"|has) anything else happen|(more|else) to (it|the story|this|tell)\b|is there more\b"
        r"|anything else about",
    ),
    (
        Topic.APOLOGISED,
        r"\b(has|have|did|had)\b (?:anyone|anybody|someone|somebody|they|we|he|she|(?:any|one) of"
        r" (?:us|them)|(?:a|my|our|the) \w+)\b.*\b(apologi[sz]|said? sorry|say sorry)|(been|were you)"
        r" apologi[sz]ed",
    ),
    (
        Topic.COMPENSATION,
        r"compensat|about the money|\b(want|like|need|after|expect|looking for|enough|help"
        r"|do)\b.*\b(refund|discount|voucher|your money|credit note|goodwill)|apolog\w+.*\b(enough"
        r"|help you|do for you)|(enough|help)\b.*\bapolog|would an apology|(fair|reasonable) (amount"
        r"|sum|compensation)|how much (do|would) you (think (we|is)|want|expect|consider)",
    ),
    (
        Topic.EXPECTED,
        r"(what|how) (did|had|would) you (have )?expect(ed)?\b(?!.* (us|me) to)|were you expecting"
        r"|should (we|i|they|it|he|she) have|(would|could|should) we have done|had you (hoped"
        r"|imagined)|supposed to (happen|be\b)|should have (happened|been)",
    ),
    (
        Topic.STAKES,
        r"what happened if|what (happens|would happen|will happen|'ll happen) (if|then\b|when it|on"
        r" (that|the) day|otherwise)|\b(what )?if (it|this|that|we|nothing|the \w+)\b.*\b(late|later"
        r"|too late|sorted|work|done|fixed|time|ready|happen\w*|come|arrive|manage|can't|don't"
        r"|doesn't|isn't|won't)\b|at stake|riding on|(hang|depend)(s|ing) on|consequence|what (would"
        r"|will|do) you (do|lose) if|what would it mean if|happens? (if|otherwise)",
    ),
    (
        Topic.CUSTOMER_SINCE,
        r"(how long|since when|when) (have |did |are )?you('ve)? ?(been |had |become |join)?(a |an "
        r"|our )?(customer|client|member|with us|with \w+\W*$|patient|guest|policy|account with"
        r"|contract with|us\b)|(been|are) (a|an)? ?(long.?time |new |loyal |existing )?(customer"
        r"|client|member|with us)\b(?! number)|customer since|joined us|how long .*\bwith us|with us"
        r" (for )?long",
    ),
    (
        Topic.HOLDER,
        r"account ?holder|(in|under) (your|whose|somebody else's|someone else's|another) (own )?(name"
        r"|person)\b(?! (did|do|have|is it))|\b(are|r) you the (\w+ )?(owner|holder|customer|tenant"
        r"|policy ?holder|patient|passenger|member|one who|person who|guest|buyer)|is (it|this|that)"
        r" (yours\b|your( own)? (own|account|contract|name|order|booking|policy|parcel|line))|for"
        r" (yourself|someone else|somebody else)|on behalf|who (owns|holds)\b|(a )?contract with us"
        r"|authori[sz]ed|whose (account|name|contract|order|booking)",
    ),
    (
        Topic.WITNESS,
        r"witness|\b(anyone|anybody|someone|somebody|who|others?|people)\b.*\b(see|saw|seen|hear"
        r"|heard|notice[ds]?|confirm)\b( it| that| this| what| you)?|(anyone|anybody|someone"
        r"|somebody) (else )?(there|present|around|with you) (when|at the|then)|with you (when|at the"
        r" time|then)|\bwas (anyone|anybody|someone|somebody) (else )?(with you|there|present)|were"
        r" you (alone|by yourself|on your own)",
    ),
    (
        Topic.HOW_MADE,
        r"how did (you|u) (book|order|pay|buy|sign|register|apply|send|make (the|your)|reserve|get"
        r" (it|the|your)|arrange|purchase|submit|place)|how (was|were|is|are) (it|this|that|they|the"
        r" \w+|your \w+) (booked|ordered|paid|bought|sent|made|reserved|arranged)|\b(online|website"
        r"|web|app|phone|telephone|person|shop|store|branch|e-?mail|post|card|cash|call|agency)\b,?"
        r" or (online|by|on|in|over|the|through|via|phone|website|person|cash|direct|a|an|with|at)\b"
        r"|(pay|paid) (by|with|for it\W*$)|payment method|(by|with) (card|cash|direct debit|paypal)"
        r"|(book|order|buy|bought|pay|paid|do|make|made)\w* (it |this |that |them )?(online|through"
        r"|via|by phone|over the phone|in (a|the) (shop|store|branch)|on (the|our) (website|app))|why"
        r" did you (choose|pick) us",
    ),
    (
        Topic.RESULT,
        r"did (that|it|this|anything|any of (it|that|this|them)|those|they) (\w+ )?(help|work|do (any"
        r"|it|the trick)|change|fix|make a|improve|solve)|(was|were|has|have) (that|it|they|any of"
        r" it) (been )?(of )?(any )?(help|use|success|good|better)|(make|made) (a|any) (difference"
        r"|change)|\b(any|without|with) (success|luck|effect|improvement)|what (was the (result"
        r"|outcome|effect)|came of|did that (do|bring))|why (didn't|did not|doesn't|won't) (that|it"
        r"|this|they) (work|help)|help at all",
    ),
    (
        Topic.STILL,
        r"\bstill (happening|going on|not|the same|the case|broken|down|out|like that|without|a"
        r" problem|an issue|so\b|waiting|blocked|missing|there now|doing|an? \w+ (problem|issue))|(is"
        r"|are|does|do|has) (it|this|that|they|things|the \w+) still|ongoing|has (it|anything|that"
        r"|something) (changed|improved|moved|got (better|worse))|any (change|update|news)\b|(getting"
        r"|got|become|become any) (better|worse)|is it (better|worse|over)\b",
    ),
    (
        Topic.TIME,
        r"what time\b(?!.*\b(suit|work|best|good|conven|call|reach|come|free|available|would|should"
        r"|shall|can|could|may|tomorrow))(?! (do|have) (you|we) (have|got))|at what (time"
        r"|hour)\b(?!.*\b(could|can|should|would|may|call|reach|come))|(morning|afternoon|day|evening"
        r"|day ?time|night)( time)? or (in |at |during )?(the )?(morning|afternoon|evening|night)"
        r"|what time of (the )?day (was|did)|(exact|roughly what|around what|about what) (time|hour)\b",
    ),
    (
        Topic.AVAILABLE,
        r"\b(was|were|is) (anyone|anybody|someone|somebody|you|he|she|they) (at home|home|in)\b|"
        r"(good|best|right|bad|better|convenient) (time|moment|day)\b|\bare you (at home|in|home|free"
        r"|available|around|reachable)\b(?! (now|still))|\bwhen('?s| (is|are|would|will|can|could))"
        r" (you|someone|somebody|it|a good|the best)\b.*\b(free|home|in|available|reachable|around"
        r"|best|suit|good)\b|(which|what) (days?|times?|hours?|slot)\b.*\b(suit|work|best|good|come"
        r"|home|free|convenient|call|ring|reach|prefer|available)|suits? you|works? (best |better"
        r" )?for you\b.*(day|time|morning|afternoon|evening|slot|\d)|(day|time|morning|afternoon"
        r"|evening|slot|\d) (would |that )?(works?|suits?)|when (can|could|may|should|shall|would|is"
        r" it) (i|we|he|she|someone|somebody|they|it|one of us|(the|a|our) \w+) .*(call|ring|phone"
        r"|come|reach|visit|speak|drop|catch|contact|text|get hold|talk)|(be|will you be|you'll be"
        r"|you be) (at home|home|in|available|free|there|around|reachable)\b|(could|can|will|would)"
        r" (someone|somebody|anyone|anybody) be (there|home|in|at home)|know when you('re| are)|\bdo"
        r" you have (a|one|two|five|ten|a few) (minutes?|moments?)\b",
    ),
    (
        Topic.NAME,
        r"who('s| is| am i) (calling|this|speaking|there|on the (line|phone))|(?<!whose )\b(your|ur"
        r"|full|first|last|sur|family) ?names?\b(?! (plate|tag))|\bsurname\b|who (am|are|do|have) (i"
        r"|we) (\w+ ){0,2}(speak|talk|chat|pleasure|writ|help|deal)|whom? (am i|do i have|have i)"
        r"|name (is it|on the|was it|please|again)|\b(what|which|whose) (\w+"
        r" )?names?\b(?!.*\b(colleague|gave|told|doctor|thing))|^\W*(and )?(the )?name\W*$|(take|have"
        r"|get|note|grab|catch) (a|the) name\b(?!.*\b(of|from|colleague))|what (should|shall|may|can"
        r"|do) (i|we|people) call you|how (should|shall|may|can|do) (i|we) address you|\bspell\b",
    ),
    (
        Topic.WHO,
        r"(name|names) of (the|my|your|that|any|whoever|this|our) (\w+ )?(colleague|person|agent|lady"
        r"|man|woman|adviser|advisor|one|employee|gentleman|rep\w*)|(give|gave|get|got|have|catch"
        r"|caught|know|remember|note|recall)\b.*\b(a|their|his|her|the|any) names?\b|(which|what)"
        r" (colleague|department|person|team|agent|adviser|advisor|lady|desk|office)( \w+)? (did|was"
        r"|were|have|told|said|it\b)|(man|woman|lady|gentleman) or a? ?(man|woman|lady|gentleman)"
        r"|\bwho\b.*\b(tell|told|say|said|spoke|speak|spoken|talk\w*|dealt|deal\w*|promised|helped?"
        r"|handled|answered|advised?|explained|wrote|informed|sent you|gave|refused|offered|assured"
        r"|dealing)\b(?!.* about (this|that|it)\W*$.*before)|\bwhom\b|\bwho(('s| is| was) (that|it|he"
        r"|she|they)| (that|it|he|she|they) (was|were))\b|whose word|^\W*who\W*$",
    ),
    (
        Topic.EXPLANATION,
        r"explanation|explain(ed)? (it |this |that |anything )?(to you )?\W*why|\b(has|have|did"
        r"|had)\b (?:anyone|anybody|someone|somebody|they|we|he|she|(?:any|one) of (?:us|them)|(?:a"
        r"|my|our|the) \w+)\b.*\b(explain|tell you why|told you why|say why|said why|justif)|\b(say"
        r"|said|tell|told|give|gave|given|get|got)\b.*\b(why\b|reasons?\b)|what (was the |is the"
        r" )?reasons?\b.*\b(they|we|give|gave|given|told|for (the|that|this) (refusal|delay"
        r"|decision))|justif|how (did|do|have) (they|we|he|she|my colleagues?) (explain|justif)",
    ),
    (
        Topic.CAUSE,
        r"(do|did|have) you (know|have|got|any)? ?(an |any )?(idea )?(why|what (went wrong|caused|the"
        r" (cause|reason)))\b|you think (that |it |has |have |had |went |was |is |this |is )*(caused?"
        r"|happen\w*|behind|wrong|the (cause|reason)|to blame|responsible|fault)|\bcaused?\b|any"
        r" (idea|clue) (why|what|how|who)|why (do|did|would) you think|whose (fault|mistake)|(who"
        r"|what) (is|was|'s) (to blame|responsible|at fault|behind)|how (could|can|do you think)"
        r" (this|that|it)\b|what do you think (went|it|has|is)",
    ),
    (
        Topic.PROMISED,
        r"promis|\b(was|were|is) there (an? |any )?agreement|(anyone|anybody|somebody|someone|what"
        r"|anything) (\w+ )?(agreed?|commit\w*|guarantee\w*|assur\w*)\b|what (was|were|did|had)("
        r" \w+)? agreed?|\b(were|was|are|been) (you )?(given|offered|told) (a |any )?(specific |fixed"
        r" )?(date|deadline|cut.?off|time ?frame|time|day|appointment)\b|\b(did|has|have|had"
        r"|does)\b (?:anyone"
        r"|anybody|someone|somebody|they|we|he|she|(?:any|one) of (?:us|them)|(?:a|my|our|the)"
        r" \w+)\b.*\b(call|rang|ring|get|got|come|came|writ|phone|contact)\w*\b.*\b(back|you|touch)\b"
        r"|\bback to you\b|what were you told (would|will)|when (was|were|should) (it|you|they|the"
        r" \w+) (supposed|meant|due|have)\b|(get|got|had|have|receive\w*|hear) (a |any |an )?(reply"
        r"|response|answer|call ?back|feedback)\b|heard? (anything )?back|assurance|gave you (a|their"
        r"|his|her) word",
    ),
    (
        Topic.NOTICE,
        r"\bnotice\b(?! (it|that|the|this|anything|when|what|first))|notif|\bwarn|informed?\b"
        r"|reminder|heads.?up|\bin advance\b|beforehand|\b(hear|heard|receiv\w+|get|got|had"
        r"|gotten)\b.*\b((from|by) us|(any|a|an|the) (\w+ )?(message|letter|text|sms|news"
        r"|confirmation))\b|\b(did|have|has) (we|they|anyone|anybody|somebody) (\w+ )?(sen[dt]|let"
        r" you know|tell you (before|about|that)|told you (before|about|that)|writ\w+ (to )?you)\b",
    ),
    (
        Topic.BEFORE,
        r"happen(ed|s)? (to you |like this )?(before|in the past|earlier|again|more than once|often)"
        r"|(first|second) time (that )?(this|that|it|something)\b|(similar|same) (problem|issue|thing"
        r"|trouble|experience)|ever (happened|been|had (this|such|a|an|any))|(was|is) (this|that|it)"
        r" the (first|only) (time|one)\b(?!.*\b(call|contact|ring|in touch|writ|reach|speak|com(e"
        r"|ing) to us))|had (this|such|any|other|a)\b.*\b(before|in the past|previously|with us)"
        r"|always been (ok|fine|good|happy)|how often (has|does|did) (this|that|it)\b",
    ),
    (
        Topic.COSTS,
        r"out of pocket|\b(extra|other|additional|further|any|what|incurred?) (costs?|expenses?"
        r"|charges|damages?|fees|outlay)\b|\b(lost|lose|losing|loss(es)?)\b.*\b(money|income|pay"
        r"|wages|earnings|anything|work|business)\b|(money|income|earnings)\b.*\b(lost|lose)\b"
        r"|expenses|\bhad to (pay|spend|buy|lay out)\b|have to (pay|spend|buy) (anything|something"
        r"|for)|what (has|have|did) (this|that|it|all this)\b.*\bcost|cost you (so far|in total"
        r"|anything|already|altogether)|(any|much) (financial|money)\b.*(loss|damage)|losses",
    ),
    (
        Topic.MEANTIME,
        r"mean ?time|meanwhile|until then|in between|\bhow (are|do|did|have|will|can|r) (you|u|they)("
        r" \w+)? (manag\w+|coping|cope|get(ting)? (by|around|along|on)|surviv\w+|liv(e|ing)"
        r"|deal(ing)? with it day|pay(ing)? for things)|(an )?alternative\b|another way|other way\b"
        r"|work ?around|plan b|(something|anything) else (to use|you (can|could) use)|replacement (at"
        r" the moment|now|for now)|for now\b|spare (one|phone|key)|backup|what (are|do) (you|u) (do"
        r"|doing|using|use|having)\b.*\b(now|instead|moment|today)\b|(can|could) you (\w+ )?(use"
        r"|manage|do) (it |without|something)|are you (managing|coping|getting by)|everything you"
        r" need|\b(how|where) (do|are|did) you (pay|sleep|wash|cook|work|shop|stay|staying"
        r"|sleeping)\b.*\b(now|moment|then|currently)",
    ),
    (
        Topic.HOUSEHOLD,
        r"\b(anyone|anybody|someone|somebody|who|else) (else )?(is |was |are |who is )?(affected"
        r"|involved|concerned|hit|suffering|depend\w*)|\balone\b|by yourself|on your own|(live|lives"
        r"|living|stays?|staying|there|home|home is) with you|household|(do|have) you (have|got)("
        r" any)? (family|children|kids|friends|someone|somebody|anyone|anybody|a partner|neighbou?rs"
        r"|relatives|support)|(children|kids|vulnerable|elderly|anyone \w+) .*(house|home|household)"
        r"|(somebody|someone|anybody|anyone|a friend|a neighbou?r|family|relatives?)\b.*\b(help|stay"
        r"|support|lend|look after|with you|could (do|go|come|take))\b|\bwho (else )?(can|could|would"
        r"|will) (help|be there|open|support|stay|look)|(anyone|anybody|someone|somebody) with you"
        r"|family (member )?(who|that|nearby|around)|how many (of you|people) (are|live|is)",
    ),
    (
        Topic.WORST,
        r"\bworst\b|hardest|(worry|worries|worrying|worried|bother\w*|upset\w*|hurt\w*|annoy\w*"
        r"|frighten\w*|scar\w+|anger\w*|concern\w*|stung|stings?|troubl\w+|disappoint\w*|get(s|ting)?"
        r" to|frustrat\w+) (you|u|about|for you|bit|part)\b|\bmost (upset\w*|afraid|angry|worr\w+"
        r"|annoy\w*|painful|frustrat\w*|difficult)|afraid of|scared of|fear\b|(biggest|main|greatest)"
        r" (worry|concern|fear|problem|frustration)|eating at you|weighs|(?<!else )on your (heart"
        r"|mind)\b|keeps you (up|awake)",
    ),
    (
        Topic.DEADLINE,
        r"by (when|what (date|day|time)|which (date|day))|(until|till) when|\bwhen\b.*\b(need|have to"
        r"|has to|must|due|latest|at the latest|go out|run out|too late)\b"
        r"|\bwhen\b.*(?<!come)(?<!drop)(?<!stop)(?<!pass) by\W*$|what('s| is) due\b|how (soon"
        r"|urgent(ly)?|quickly|fast)|deadline|\b(need|want|have|require)(ed)? (it|this|that|them|an"
        r" answer|the \w+)( done| back| here| fixed| sorted| resolved)? (by|before|today|tomorrow"
        r"|tonight|now|this week|soon|right away|immediately)|how (much time|long) (do|have) (you|we)"
        r" (have|got)|\burgent(ly)?\b|\bhurry\b|(is|be|'s) the latest\b|at the latest|(date|day|time)"
        r" (this|it|that) (has|needs|must)|(wait|help|useful|enough|in time|early enough|soon enough"
        r"|okay|ok|fine) (until |if it('s| is) |by )?(next week|tomorrow|monday|then|the weekend|next"
        r" month)|time pressure|(coming|something) up\b.*\b(urgent|soon|date)|(particular|certain"
        r"|specific|fixed) (day|date)\b(?!.*why)|have time (until|till)",
    ),
    (
        Topic.CONTACT,
        r"(phone|mobile|telephone|contact|best|call.?back|landline|cell)\w* (number|details|no\b)"
        r"|e-?mail address|(?<!check )(?<!read )(your|ur|which|what|best|right) e-?mails?\b(?! (say"
        r"|from|we|you|that|or|and))|(reach|get hold of|get back to|contact|text|catch) you|number"
        r" .*(call|ring|phone|reach|get|text|use)|best number|number (is|would be) best|(call|ring"
        r"|phone|get) you (back )?on\b|how (can|do|should|could|would) (i|we|you) (\w+ )?(reach"
        r"|contact|call|get in touch|be (contacted|reached))|(e-?mail|text|write|call|ring|phone)("
        r" you)? or (e-?mail|text|call|ring|phone|write)( you)?\b|by (phone|e-?mail) or|prefer (to be"
        r" )?(contact|phone|e-?mail)|prefer\b.*\b(contacted|reached|called)|\b(phone|mobile"
        r"|telephone)\W*$",
    ),
    (
        Topic.NUMBER,
        r"(order|booking|case|account|customer|policy|reference|contract|invoice|ticket|claim"
        r"|reservation|member(ship)?|tracking|file|report|patient|shipment|parcel|consignment|crime"
        r"|insurance|flight|meter|serial|complaint|incident)( \w+)?( |-)(numbers?|no\b|nr\b|id\b|code"
        r"|reference)|\breference\b(?! to)|which order|(what|which|have|take|give|tell|need|confirm"
        r"|get|repeat|that)\b.*\b(the|your|that|a) number\b(?! (of|on))|what number|\bnumber (on|at"
        r" the top of|from|of) (your|the) (\w+ )?(letter|paper\w*|bill|order|invoice|card|contract"
        r"|slip|e-?mail|policy|ticket)|number .*(search|look|find|system|pull)|(account|order"
        r"|booking) (details|info\w*)",
    ),
    (
        Topic.IDENTITY,
        r"date of birth|(?<!the )birth ?da(y|te)\b(?! present)|when were you born|how old are you"
        r"|your age\b|password|security (question|answer|code|word|check)|\bpin\b|verify|confirm your"
        r" identity|who you are\b|code ?word|prove (who|your identity)",
    ),
    (
        Topic.ADDRESS,
        r"(?<!mail )\baddress\b(?! (book|you))|post ?code|\bzip\b|where (do|did) (you|u) live|where"
        r" you live|street\b|moved (house|recently)",
    ),
    (
        Topic.SINCE,
        r"how long (have|has|did|were|ago|is|was|are|exactly|now|already|you|it|this)\b|how long\W*$"
        r"|since (when|what|which)|for how long|how many (days|weeks|months|hours)|when did (it|this"
        r"|that|all this|(the|your) [\w ]+) (all )?(first )?(start|begin|stop|go (down|wrong))|(been"
        r"|with us) (for )?long|\bfor (so )?long\b|(a )?long time|for a while|waiting (for )?long|how"
        r" far back|when .*\b(start|begin)(ed)?\W*$",
    ),
    (
        Topic.OFTEN,
        r"how (often|many times)|how many (people|of us|colleagues|agents) (have|did|had) (you"
        r"|already)|how many (calls|e-?mails|times|chats|attempts|of us|letters)|(first time"
        r"|before)\b.*\b(call|contact|ring|in touch|writ|reach|speak|com(e|ing) to us)\w*|(contacted"
        r"|called|rung|rang|phoned|written( to)?|e-?mailed|got in touch with|been in touch with"
        r"|spoken (to|with)|talked to|reached out to|complained to|been to) us\b|\b(call|ring|contact"
        r"|in touch|writ\w+|speak|spoken|been in touch)\b.*\b(before|already|previously)\b|before"
        r" today|(tell|told|ring|rang|rung|report(ed)?|mention(ed)?|raised?|complain(ed)?).* before\b"
        r"|how many .*(dealt|spoken|talked|spoke|had to do)|last time you (spoke|called|contacted"
        r"|wrote|rang|were in touch)|\b(call|called|ring) or (did you )?writ",
    ),
    (
        Topic.AMOUNT,
        r"\b(sum|amount)\b|how (much|big|high|large|expensive)\b(?! (time|longer|notice|of (it|this"
        r"|that)))|what amount|which (amount|sum|charge)|\bwhat\b.*\b(charged?|cost|costs|owe|price"
        r"|worth|value|paying|pay|spent|spend)\b|the total|(per|a|each) month\b|been charged|have you"
        r" paid|did you pay\b",
    ),
    (
        Topic.TRIED,
        r"\btried\b|\btry(ing)?\b(?!.*\bagain\b.*\bnow)|(contacted|called|rung|phoned|spoken (to"
        r"|with)|written to|complained to) (us|any|some)\w*|have you (already |ever |also |yet"
        r" )?(done|restarted|checked|reset|turned|looked|contacted|spoken|asked|been to|reported"
        r"|complained|raised|searched|informed|called|switched|unplugged|gone)|did (you|u) (already "
        r"|also |ever )?(try|restart|check|reset|look|contact|speak|call|ask|report|take|complain"
        r"|raise|go to|inform|reach|read|search|visit|file|appeal|object)|what (else )?(have|did|do)"
        r" (you|u)( \w+)? (done|do|try)\b|steps .* taken|steps have|done (about it|so far|already)|in"
        r" person\b|how did you (react|proceed|contact)|speak to (a|my|the|your) (manager|supervisor)"
        r"|asked for (a|the) (manager|supervisor)|(formal|official) complaint|complain(ed)? (formally"
        r"|officially|in writing|about)|turning it off",
    ),
    (
        Topic.SAID,
        r"(what|how) (did|have|had) (you|u) (then )?(say|said|answer|reply|respond|write|tell|told"
        r"|react)\b|what (was|is) your (reaction|reply|answer|response)\b|did you (say (anything|so"
        r"|something)|tell (them|him|her)|object|argue|protest)",
    ),
    (
        Topic.TOLD,
        r"what (exactly |precisely )?(were|was|did|have|had|has) (exactly )?((you|they|he|she|anyone"
        r"|anybody|somebody|we|people|my colleagues?|(the|our|that|my) [\w ]+|\w+)( been)? )(\w+"
        r" ){0,2}(told|tell|say|said|promised?|offered?|explain|answer|write|wrote|respond|reply"
        r"|advise|suggest)|(told|promised|offered|advised) (to )?you|they (tell|say|said)\b|(speak"
        r"|spoke|spoken|talk|talked) (to|with)\b|her words|his words|their words|what (was|were) (the"
        r"|their|his|her|our) (\w+ )?(answer|reply|response|words)|you (were|been|got) (told|given"
        r"|advised)|answer (did|have|you)|how did (they|he|she|we|my colleagues?) (react|respond"
        r"|answer|treat)|(rude|polite|unfriendly|friendly|helpful) to you|\badvice\b|what (you"
        r" )?(were|was) (you )?told|note(d)? (it|that) down|what (reply|response)",
    ),
    (
        Topic.EVIDENCE,
        r"photos?\b|pictures?\b|receipt|screen ?shots?|\bproofs?\b|\bprove\b|evidence|(confirmation"
        r"|confirmed)\b|in writing|on paper|\b(a|the) copy of|(do|did|have) you (\w+ )?(have|got|get"
        r"|keep|kept|still) .*(e-?mails?|letter|slip|label|documents?|copy|paper\w*|form)\b|which"
        r" (documents|papers)|\bdocuments?\b|can you (show|prove)|(letter|e-?mail) (or|and) (an?"
        r"|the)? ?(letter|e-?mail|text)|(send|sent|upload|forward|attach)\w* (us|me|it|the|that"
        r"|anything|something|any)\b|\bsign(ed)? (anything|something)|videos?\b|paperwork|show me",
    ),
    (
        Topic.FEELING,
        r"(make|made|makes|making|left|leaves?) you feel(ing)?|feel(ing)?s? about|(this|that|it) (do"
        r"|doing) (to|with) you|your feelings|how (do|are|r|did|does) (you|u|that|this|it|your \w+)"
        r" (make you )?feel(ing)?|how (has|have|did|does|is|are) (all )?(this|that|it"
        r"|things)\b.*\b(affect\w*|hit|left|leave|make|been for|impact\w*|touch|for you)|what .*"
        r" (done|mean|meant|means) (to|for) you|what impact|been like|how (are|r) (you|u) (doing"
        r"|holding|bearing|dealing|coping)|went through your (mind|head)|(going|goes) through your"
        r" (mind|head)|holding up|bearing up|what was (that|it|this) like",
    ),
    (
        Topic.WANTS,
        r"most important|matters? (\w+ )?(the )?most|(your|top|first) priority|most urgent(ly)?"
        r"|(would you have|had you|did you|do (you|u)) (like|liked|hope|hoped|hoping|want|wish|need"
        r" from)\w*|expect(ing|ations?)?\b.*\b(us|me|from)\b|expectations?|do you expect|liked us"
        r"|help you( right)? now|(make|made|makes) (it|this|things|that) (better|up|right|easier)"
        r"|what should happen|to settle|what (would|do|could|can|should|might|wld) (you|u|i|we) (like"
        r"|want|need|prefer|expect|have in mind|accept|do\b(?! for you)|offer|propose|suggest)|what"
        r" would (help|make|put|be|solve|settle|you)|how (can|could|would|should|do|may) (i|we|you)"
        r" (put|make|fix|solve|like|resolve|want|get this|see this)|right outcome|good outcome|ideal"
        r"|(hoping|looking|wishing) for|what outcome|you (need|want|expect) from (me|us)|(make|put)"
        r" (this|it|things) right|(one|first) thing (you need|i can|i could|for you|today|that)|(fair"
        r"|good|acceptable|reasonable) (solution|result|outcome)|make you (feel better|happy)|feel"
        r" better\b|what (you'd|you would) like|tell me what you (need|want)|is it you want|do you"
        r" need (any|some)? ?(help|support|assistance)|happen next\b(?=.*(like|want))|(like|want) to"
        r" happen",
    ),
    (
        Topic.SAFETY,
        r"how('s| is| are) (your (?!day|morning|evening|week)\w+|the (kids|children|baby|family|boy"
        r"|girl)|he|she|they|everyone|everybody)\b|\bsafe\b|danger|(are (you|u)|\bu|is (everyone"
        r"|everybody|everything|he|she|your \w+|anyone|anybody)|was (anyone|anybody|everyone)|got|get"
        r"|(everyone|everybody)('s)?|^\W*(and )?you) (feeling )?(ok(ay)?|all right|alright|hurt|warm"
        r"|well|unwell|ill|injured|harmed|poorly)\b|anyone (hurt|ill)|\bwarm\b|medical|health|in (any"
        r" )?pain|any pain|injured|injur|come to (any )?harm",
    ),
    (
        Topic.SEES,
        r"what (do|can|did) (you|u) (see|hear|read|get)\b|what('s| does| do| did| is| was) (it|(the"
        r"|your|that) [\w ]+) (say|show|showing|read|look|saying|on it)\b|error|what (does )?(the"
        r" )?message|\blights?\b|on (your|the) (screen|label|slip|bill|app|display|letter|front|meter"
        r"|phone)\b|do you see|happens when|look(s|ed)? like|the status|in front of you|read (me |out"
        r" )?(what|it)|what happens when|you look at it",
    ),
    (
        Topic.WHAT_HAPPENED,
        r"how did (you|u) (notice|find|realise|learn|hear|discover)|\b(your|the (whole|full|entire))"
        r" (story|account)\b(?! (number|is|balance))|what('s| is| was)? the story|what (came|comes"
        r"|came up) (next|after)|after that\W*$|next\W*$|^\W*(so |ok(ay)? )?(and )?(then|next|after)("
        r" what)?\W*$|and then\b|happened then|(we|they|us) (do|did|done|get|got|gone|go) wrong"
        r"|\btrouble\b|into (more |further |greater )?details?|\bdetails?\b|the situation|\bin"
        r" short\b|elaborate|(can|could) you (say|tell) .*about|what (can|else can) you (tell|say)"
        r"|something more|what('s| is| has| exactly| precisely| has been| did| actually)? ?(been"
        r" )?(exactly |actually )?(happened|happening|happen|wrong|going on|gone wrong|the (matter"
        r"|problem|issue|trouble|complaint)|went wrong|up\b|your (issue|problem|complaint|concern))"
        r"|seems to be|what (isn't|is not|'s not|exactly isn't) (work|right)|what's been\b|\b(tell"
        r"|told) (me|us) (a (bit|little) )?(more|what\b|about|everything|all|the\b(?! \w*(number|name"
        r"|address)))|(take|walk|talk|guide) (me|us) through|step by step|explain|describe(?! the"
        r" (item|product|thing))|what('s| is) (it|this) (all )?about|from the (beginning|start|top)"
        r"|fill me in|more (detail|about)|your side|go on\b|tell me\W*$|how (can|may|could|do) (i|we)"
        r" (be of )?(help|assist)|what (can|may|could) (i|we) (do for|help)|what (brings|brought) you"
        r"|how did (it|this|that|things|all (of )?this) (all )?(happen|start|begin|come|end|get)|how"
        r" (it|this|that|things|all (of )?this) (all )?(happened|started|began|came|ended)|what('s|"
        r" is) up\b|(issue|problem)\W*$",
    ),
    (
        Topic.REASON,
        r"^\W*(\w+ ){0,4}?why\b(?! (don't (we|i)|not))|what('s| is) (it|that|this|the \w+) for\b"
        r"|\bwhy\b(?! don't)|what for\b|\breasons?\b|how come|what (it|that|this)('s| is) for\b|so"
        r" important|matters? (so much|to you)|mean so much",
    ),
    (
        Topic.DATE,
        r"\bwhen\b|(what|which) (was|is) the (day|date)|the exact (day|date)|what (day|date|month"
        r"|year)|which (date|month|day|week)|the date|(was|is) (it|that|this) (this|last) (week|month"
        r"|year|monday)|how recent|recently",
    ),
    (
        Topic.WHERE,
        r"\bwhere(abouts)?\b|which (shop|store|branch|station|airport|town|city|room|place|office"
        r"|location)|location",
    ),
    (
        Topic.ITEM,
        r"what (is|was) it (that )?you('ve| have|'d)? (order|buy|bought|book|got|have|use)\w*|(what"
        r"|which) thing|\baffected\b(?! by)|(what|which) (exactly )?(did|have) you (order|buy|bought"
        r"|book|ordered|get)|what (model|make|brand|kind|type|sort|product|item|device|version|size"
        r"|colou?r|plan|tariff|service|phone|contract)|which (\w+ or )?(model|make|brand|kind|product"
        r"|item|device|version|size|colou?r|plan|tariff|service|one|fabric|contract)|what (did you"
        r"|have you|is it you|had you|you'd|exactly did you) (order|buy|bought|book|ordered|booked)"
        r"|model number|serial|what (was|is|'s) (it|in it|in the)\b(?! now)|what's in\b|what (it|that|this"
        r"|the \w+) (contains?|holds?)|inside|\b(is|was|be) this about|have with us|about which",
    ),
)
_TELLS = tuple((topic, re.compile(words)) for topic, words in _WORDS)
_WHY = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|may i ask|can i ask|could i ask|if you don't mind(?: me"
    r" asking)?|tell me|could you"
    r" tell me|do you mind me asking|just)\W+)*(?:why (?:is|do|does|are|must|would|has"
    r"|have|did you|can|was) (?!.*\b"
    r"(?:think|happen|work))|how come\W*$|why\W*$|why (?:that|so|it)\b)|why (?:is|does|do) (?:it|this|that) "
    r"(?:is |so |matter|mean|has to|have to|need)|why (?:it|this|that) (?:is|matters|has"
    r"|was)|why (?:you|do you) need",
)
"""Asks why something matters to them, whatever else is in the question ("Why do you need it so soon?")."""


def topics(question: str) -> tuple[Topic, ...]:
    """What a question asks for, the most telling first; empty when no words tell."""
    question = question.lower()
    found = tuple(topic for topic, tells in _TELLS if tells.search(question))
    if not _WHY.search(question) or Topic.EXPLANATION in found:
        return found
    return (Topic.REASON, *(topic for topic in found if topic is not Topic.REASON))
