"""Somebody's own invented bid as YAML: read with the same checks as the shipped ones, and written back."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from ii_vendor.library.checks import bid_mistakes
from ii_vendor.library.shelf import ContentError
from ii_vendor.model.bid import Bid
from ii_vendor.model.content import Content
from ii_vendor.yamlfile import parse_yaml, yaml_text


def read_bid(body: bytes, name: str, known: Sequence[Content]) -> Bid:
    """The bid in the YAML ``body`` of a file called ``name``. It may speak of whatever one of ``known`` has.

    Raises ContentError with every mistake found, each with file, line, key and remedy.
    """
    document = parse_yaml(body, name)
    if document.mistakes:
        raise ContentError(document.mistakes)
    try:
        bid = Bid.model_validate(document.value)
    except ValidationError as error:
        raise ContentError(document.explain(error)) from error
    sections = {section.id for content in known for section in content.sections}
    questions = {question for content in known for question in content.questions}
    flags = {rule.id: question for content in known for question, rule in content.red_flag_rules()}
    mistakes = list(bid_mistakes(bid, document, sections, questions, flags))
    if mistakes:
        raise ContentError(mistakes)
    return bid


def bid_yaml(bid: Bid) -> str:
    """The bid as YAML that ``read_bid`` reads back as the same bid."""
    return yaml_text(bid.model_dump(mode="json", exclude_defaults=True))
