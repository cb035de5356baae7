"""What is measured against what: the goals set beforehand, and what others have published. Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One figure and what it should be.

    Attributes:
        what: in words, with the metric.
        key: the figure's name in the results.
        goal: the least it should be, or the most.
        at_most: True when less is better.
    """

    what: str
    key: str
    goal: float
    at_most: bool = False

    def met_by(self, value: float) -> bool:
        """Whether the value is good enough."""
        return value <= self.goal if self.at_most else value >= self.goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A figure on a public set beside what others have reached.

    Attributes:
        on: the set and what is asked.
        metric: how it is measured.
        key: the figure's name in the results of `public` and `floors`.
        goal: the least it should be; None where none was set.
        others: what others report, and the source.
        comparable: how far that can be compared.
        above_words: True when the goal is what word counts reach that were taught on the set.
    """

    on: str
    metric: str
    key: str
    goal: float | None
    others: str
    comparable: str
    above_words: bool = False


OWN = (
    Goal(what="heat, quadratic weighted kappa", key="heat_kappa", goal=0.80),
    Goal(what="frustrated or worse, F1", key="heat2_f1", goal=0.85),
    Goal(what="angry or worse, F1", key="heat3_f1", goal=0.72),
    Goal(what="calm conversations with any alert", key="false_alarm", goal=0.02, at_most=True),
    Goal(what="hot conversations with an alert", key="hot_alerted", goal=0.90),
    Goal(what="behaviours, macro-F1", key="behaviours_macro_f1", goal=0.70),
    Goal(what="abuse, F1", key="abuse_f1", goal=0.80),
    Goal(what="triggers, micro-F1", key="triggers_f1", goal=0.65),
    Goal(what="cues, micro-F1", key="cues_f1", goal=0.75),
    Goal(what="techniques, micro-F1", key="techniques_f1", goal=0.78),
    Goal(what="missteps, micro-F1", key="missteps_f1", goal=0.60),
    Goal(what="next best technique, one of the first two", key="next_best_top2", goal=0.88),
    Goal(what="promises found, F1", key="promises_f1", goal=0.85),
    Goal(what="promises dated right", key="promises_dated_right", goal=0.90),
    Goal(what="forecast of a rise, AUC", key="forecast_auc", goal=0.80),
    Goal(
        what="forecast, false positive rate at recall 0.6",
        key="forecast_fpr_at_recall_60",
        goal=0.15,
        at_most=True,
    ),
)

CALIBRATION = (
    Goal(what="heat: four questions a turn", key="heat_ece", goal=0.05, at_most=True),
    Goal(what="labels: every label of every turn", key="labels_ece", goal=0.05, at_most=True),
    Goal(what="labels, only scores of 0.1 or more", key="labels_ece_likely", goal=0.05, at_most=True),
    Goal(
        what="labels, each by itself, then the mean", key="labels_ece_mean_of_labels", goal=0.05, at_most=True
    ),
    Goal(what="forecast of a rise", key="forecast_ece", goal=0.05, at_most=True),
)

SPEED = (
    Goal(what="one turn, median, ms", key="p50_ms", goal=5, at_most=True),
    Goal(what="one turn, 99th percentile, ms", key="p99_ms", goal=15, at_most=True),
    Goal(what="start to the first reading, s", key="start_s", goal=1.5, at_most=True),
    Goal(what="memory of the process, MB", key="process_mb", goal=350, at_most=True),
    Goal(what="weights, MB", key="weights_mb", goal=25, at_most=True),
    Goal(what="bulk: share of the bare encoder's speed", key="bulk_ratio", goal=0.8),
)

PRACTICE = (
    Goal(what="skilled agent: runs that end calm", key="calm_skilled", goal=0.90),
    Goal(what="poor agent: runs that end calm", key="calm_poor", goal=0.10, at_most=True),
    Goal(
        what="missteps added and techniques left out that make runs end hotter",
        key="rules_monotone",
        goal=0.90,
    ),
    Goal(
        what="runs whose persona's behaviour is recovered from the words",
        key="behaviour_recovered",
        goal=0.80,
    ),
    Goal(
        what="inner heat and heat read from the words, rank correlation",
        key="heat_rank_correlation",
        goal=0.80,
    ),
    Goal(what="runs with a contradiction", key="runs_with_a_contradiction", goal=0, at_most=True),
    Goal(what="replies said before in the same run", key="replies_repeated", goal=0, at_most=True),
    Goal(what="runs of one scenario that read alike", key="runs_alike", goal=0, at_most=True),
    Goal(what="questions answered, labelled by hand", key="questions_answered", goal=0.95),
    Goal(what="a reply on one core, 95th percentile, ms", key="reply_ms_p95", goal=30, at_most=True),
    Goal(what="people who practise at once", key="people", goal=200),
)

NOT_HOTTER = {
    "without boundary": "only the abusive persona needs a limit, in a few of these runs, and leaving it out "
    "saves a turn in which nothing else is done.",
    "without explains": "an explanation cools by 0.06 at its turn, which has faded by the end.",
    "without question": "a question cools by 0.03 at its turn, which has faded by the end.",
    "without dated": "the offers themselves name days, so that little is left out.",
    "without positive": "the engine seldom hears the held-back lines as positive wording, and hears choice "
    "and follow-up more often in the shorter turn.",
    "without uses_name": "a name cools by 0.04 in the first turn, which has faded by the end; in the shorter "
    "turn the engine hears ownership or empathy a little more often.",
    "without invites_story": "the skilled agent says back what happened in the next turn, asked for or not.",
}
"""Why a misstep added or a technique left out does not make runs end hotter, where that was looked into."""

FALL = Goal(what="the worst fall of any figure", key="worst_fall", goal=0.05, at_most=True)
EXCHANGE = Goal(what="levels that heat moves", key="exchange_mean", goal=0.1, at_most=True)

UCC = "people {}, BERT {} (the corpus's own repository)"
TAUGHT = "that BERT was taught on 35,000 of its comments and measured on the test part"
EMPATHIC = "counselling, not customer service; the strategies only partly match our techniques"

PUBLIC = (
    Published(
        on="UCC, hostile comments",
        metric="AUC",
        key="ucc_hostile_auc",
        goal=0.76,
        others=UCC.format(".76", ".84"),
        comparable=TAUGHT,
    ),
    Published(
        on="UCC, dismissive comments",
        metric="AUC",
        key="ucc_dismissive_auc",
        goal=0.68,
        others=UCC.format(".68", ".82"),
        comparable=TAUGHT,
    ),
    Published(
        on="UCC, condescending comments",
        metric="AUC",
        key="ucc_condescending_auc",
        goal=0.72,
        others=UCC.format(".72", ".78"),
        comparable=f"{TAUGHT}; no label of ours means it",
    ),
    Published(
        on="UCC, sarcastic comments",
        metric="AUC",
        key="ucc_sarcastic_auc",
        goal=0.72,
        others=UCC.format(".72", ".64"),
        comparable=f"{TAUGHT}; ours is passive aggression in service",
    ),
    Published(
        on="ConvAbuse, abuse of chatbots",
        metric="F1",
        key="convabuse_f1",
        goal=0.80,
        others="below .90 (abstract of Cercas Curry et al. 2021)",
        comparable="taught on the set; its training part taught our tone too, by outputs that do not ship",
    ),
    Published(
        on="ConvAbuse, one cut learnt on its training part",
        metric="F1",
        key="convabuse_cut_f1",
        goal=None,
        others="as above",
        comparable="taught: one number",
    ),
    Published(
        on="ConvAbuse, a linear map learnt on its training part",
        metric="F1",
        key="convabuse_taught_f1",
        goal=None,
        others="as above",
        comparable="taught: from our scores and the encoder's vector",
    ),
    Published(
        on="GoEmotions, anger",
        metric="F1",
        key="goemotions_anger_f1",
        goal=0.50,
        others="BERT .47 (Demszky et al. 2020; recalled, not looked up)",
        comparable="taught on the set; our anger is a customer's, not a commenter's",
    ),
    Published(
        on="GoEmotions, four groups",
        metric="macro-F1",
        key="goemotions_grouped_macro_f1",
        goal=0.60,
        others="BERT .70 (a public re-implementation's page)",
        comparable="taught on the set; one of the groups has no label of ours, which costs a quarter",
    ),
    Published(
        on="GoEmotions, without the ambiguous group",
        metric="macro-F1",
        key="goemotions_three_groups_macro_f1",
        goal=None,
        others="–",
        comparable="the part that our labels can answer",
    ),
    Published(
        on="GoEmotions, anger, a linear map learnt on its training part",
        metric="F1",
        key="goemotions_anger_taught_f1",
        goal=None,
        others="as above",
        comparable="taught: from our scores and the encoder's vector, 12,000 comments",
    ),
    Published(
        on="GoEmotions, four groups, a linear map learnt on its training part",
        metric="macro-F1",
        key="goemotions_grouped_taught_macro_f1",
        goal=None,
        others="as above",
        comparable="taught: from our scores and the encoder's vector, 12,000 comments",
    ),
    Published(
        on="EmoContext, angry",
        metric="F1",
        key="emocontext_angry_f1",
        goal=None,
        others="winner .80, micro-F1 of three emotions (SemEval-2019)",
        comparable="not: another part of the data, three emotions together",
    ),
    Published(
        on="STAR, customer annoyed",
        metric="average precision",
        key="star_annoyed_ap",
        goal=0.55,
        others="none found",
        comparable="word counts on the whole set .354; one worker's opinion of another, and noisy",
    ),
    Published(
        on="AnnoMI, reflections",
        metric="F1",
        key="annomi_reflection_f1",
        goal=0.70,
        others="none found",
        comparable=EMPATHIC,
    ),
    Published(
        on="ESConv, paraphrase",
        metric="F1",
        key="esconv_paraphrase_f1",
        goal=None,
        others="none found",
        comparable=EMPATHIC,
    ),
    Published(
        on="ESConv, paraphrase or reflection",
        metric="F1",
        key="esconv_paraphrase_or_reflection_f1",
        goal=None,
        others="none found",
        comparable=EMPATHIC,
        above_words=True,
    ),
    Published(
        on="EPITOME, emotional reactions",
        metric="macro-F1",
        key="epitome_reactions_macro_f1",
        goal=0.65,
        others="RoBERTa .74 (Sharma et al. 2020; recalled, not looked up)",
        comparable="taught on the set; our labels have no degrees of warmth",
    ),
)
