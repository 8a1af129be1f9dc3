"""A dry run as plain JSON, with the sentences that the page and the command line say."""

from __future__ import annotations

from typing import Any

from ii_vendor.model.bid import Bid, DryRun, QuestionDecides
from ii_vendor.model.content import Content
from ii_vendor.report.dry_run_words import CAUTION, effect_words, idle_sentence, outcome_sentence, reason_sentences
from ii_vendor.report.plain import comparison_dict


def dry_run_dict(run: DryRun, content: Content) -> dict[str, Any]:
    """``{profile, content_hash, wanted, chosen, as_wanted, bids, vendors, questions, gains, ...}``.

    Vendors stand best rank first, rejected ones last; questions in the order asked.
    """
    return {
        "profile": run.comparison.profile,
        "content_hash": content.hash,
        "wanted": run.wanted,
        "chosen": list(run.chosen),
        "as_wanted": run.as_wanted,
        "bids": [_bid(bid) for bid in run.bids],
        "vendors": comparison_dict(run.comparison)["vendors"],
        "questions": [_question(run, each) for each in run.questions],
        "gains": [gain.model_dump() for gain in run.gains],
        "without_all_idle_questions_something_moves": run.together,
        "sentences": {
            "outcome": outcome_sentence(run),
            "reasons": reason_sentences(run),
            "questions": idle_sentence(run),
            "caution": CAUTION,
        },
    }


def _bid(bid: Bid) -> dict[str, Any]:
    return {"id": bid.id, "title": bid.title, "story": bid.story, "price": bid.price, "currency": bid.currency}


def _question(run: DryRun, question: QuestionDecides) -> dict[str, Any]:
    decides = {"decides": question.decides.value, "sentence": effect_words(run, question)}
    return {**question.model_dump(mode="json"), **decides}
