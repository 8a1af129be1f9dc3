"""The forms by which the item at hand comes to its result: a consensus, a decision, other weights."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ii_vendor.model.panel import Flag, FlagState
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import QuestionScore
from ii_vendor.model.workshop import Choice, Item, Round, Subject
from ii_vendor.report.answers import answer_html
from ii_vendor.report.drilldown import consensus_html
from ii_vendor.report.rubric import flag_html
from ii_vendor.report.seat_state_words import gate_words
from ii_vendor.rules.workshop import count_of, middle_level
from ii_vendor.workshop.lead_html import fold, form, radio, submit, text_field
from ii_vendor.workshop.lead_plan import finished
from ii_vendor.workshop.lead_record import NO_WORDS, QUOTE, points_given
from ii_vendor.workshop.lead_view import Leading, score_of
from ii_vendor.workshop.lead_words import votes_words

DECISIONS = {
    FlagState.confirmed: "confirm it",
    FlagState.dismissed: "dismiss it",
    FlagState.clarification_sent: "ask the vendor",
    FlagState.accepted: "accept the risk",
}


def result_html(leading: Leading) -> str:
    """How the item at hand comes to its result; nothing while its votes are hidden, or where there is none."""
    live, item, of = leading.live, leading.live.item, leading.live.round
    if item is None or leading.is_closed(item.vendor) or (of is not None and not of.revealed):
        return ""
    if item.subject is Subject.weights:
        return _adoption(leading) if of else ""
    flag = live.seen.flags.get(item.flag)
    if item.subject is Subject.flag:
        return _decision(leading, item, flag) if flag else ""
    return _consensus(leading, item)


def _consensus(leading: Leading, item: Item) -> str:
    live, of = leading.live, leading.live.round
    score = score_of(live, item)
    if score is None or live.seen.received(item.vendor) is None:
        return ""
    inner = _consensus_form(leading, item, score, of)
    if score.consensus and finished(live, item):
        again = fold("Agree anew (the earlier consensus stays in the record)", inner, f"anew-{item.key}")
        return f"<h2>Agreed</h2>{consensus_html(score)}{again}"
    earlier = fold("What was agreed before", consensus_html(score), f"earlier-{item.key}") if score.consensus else ""
    if of is None:
        return earlier + fold("Agree without a vote", inner, f"unvoted-{item.key}")
    return f"<h2>Record the consensus</h2>{earlier}{inner}"


def _consensus_form(leading: Leading, item: Item, score: QuestionScore, of: Round | None) -> str:
    live, agreed = leading.live, score.consensus
    place, kept = f"{item.key}/{of.id if of else 0}", f"{live.whole.id}/{item.key}"
    proposed = middle_level(of) if of else agreed.level if agreed else None
    levels = live.content.rubric[item.question].levels
    radios = "".join(
        radio(str(level), "level", str(level), f"{place}/level", checked=level == proposed) for level in sorted(levels)
    )
    radios += radio("n/a", "level", "n/a", f"{place}/level")
    means = "".join(f'<p class="means" data-for="{level}">{escape(levels[level])}</p>' for level in sorted(levels))
    grade = agreed.grade if agreed else _given_most(score)
    grades = "".join(
        radio(each.value, "grade", each.value, f"{place}/grade", checked=each is grade) for each in EvidenceGrade
    )
    reason = votes_words(of) if of else agreed.reason if agreed else ""
    inner = (
        f'<fieldset class="levels"><legend>Level</legend>{radios}</fieldset>{means}'
        f'<fieldset class="choices"><legend>What stands behind it</legend>{grades}</fieldset>'
        '<p class="effect" aria-live="polite"></p>'
        + text_field("Why this level", "reason", f"{place}/reason", value=reason, kept=f"{kept}/reason", rows=3)
        + _words(leading, item, score, place, kept)
        + submit("Record the consensus", "record")
    )
    attributes = {"vendor": item.vendor, "question": item.question}
    return f'<div class="result" data-effect="agree">{form("agree", inner, "agree-form", attributes)}</div>'


def _given_most(score: QuestionScore) -> EvidenceGrade:
    """The grade that most raters gave, the weaker one where two are as frequent: nobody is led to a stronger one."""
    given = [rating.grade for rating in score.ratings]
    return max(EvidenceGrade, key=given.count) if given else EvidenceGrade.claim


def _words(leading: Leading, item: Item, score: QuestionScore, place: str, kept: str) -> str:
    """The vendor's words that the consensus rests on: some that somebody pointed to, others, or none."""
    before = score.consensus.quote if score.consensus else ""
    options = "".join(
        radio(f"“{quote}”", "words", QUOTE + quote, f"{place}/words", checked=quote == before)
        for quote in _quotes(leading, item, score)
    )
    none = score.consensus is not None and score.consensus.no_evidence
    options += radio("No evidence found in the answer", "words", NO_WORDS, f"{place}/words", checked=none)
    received = leading.live.seen.received(item.vendor)
    assert received is not None
    answer = received.response.answer(item.question)
    found = [finding for finding in received.findings if finding.question == item.question]
    return (
        f'<fieldset class="words"><legend>It rests on these words of the vendor</legend>{options}</fieldset>'
        + text_field("Or other words, copied from the answer", "copied", f"{place}/copied", kept=f"{kept}/copied")
        + fold("The vendor’s answer", answer_html(answer, found), "answer")
    )


def _quotes(leading: Leading, item: Item, score: QuestionScore) -> Iterator[str]:
    """The words that somebody, or a finding, pointed to; each once."""
    received = leading.live.seen.received(item.vendor)
    findings = received.findings if received else ()
    pointed = [
        score.consensus.quote if score.consensus else "",
        *(rating.quote for rating in score.ratings),
        *(quote.text for flag in score.flags for quote in flag.quotes),
        *(finding.quote for finding in findings if finding.question == item.question),
    ]
    yield from (quote for quote in dict.fromkeys(pointed) if quote)


def _decision(leading: Leading, item: Item, flag: Flag) -> str:
    of = leading.live.round
    place, kept = f"{item.key}/{of.id if of else 0}", f"{leading.live.whole.id}/{item.key}"
    proposed, reason = _proposed(of), votes_words(of) if of else ""
    radios = "".join(
        radio(words, "state", state.value, f"{place}/state", checked=state is proposed)
        for state, words in DECISIONS.items()
    )
    gate = "".join(f'<p class="quiet">{escape(line)}</p>' for line in gate_words(flag, leading.seat))
    inner = (
        f'<fieldset class="choices"><legend>The panel decides to</legend>{radios}</fieldset>'
        f'<div class="only" data-only="state=accepted">'
        f"{text_field('Who owns the risk', 'owner', f'{place}/owner', kept=f'{kept}/owner')}</div>{gate}"
        + text_field("Why", "reason", f"{place}/reason", value=reason, kept=f"{kept}/reason", rows=3)
        + submit("Record the decision", "record")
    )
    attributes = {"vendor": item.vendor, "question": item.question, "flag": item.flag}
    decide = f'<div class="result">{form("decide", inner, "decide-form", attributes)}</div>'
    if finished(leading.live, item):
        return f"<h2>Decided</h2>{flag_html(flag, gone=False)}{fold('Decide anew', decide, f'anew-{item.key}')}"
    if of is None:
        return fold("Decide without a vote", decide, f"unvoted-{item.key}")
    return f"<h2>Record the decision</h2>{decide}"


def _proposed(of: Round | None) -> FlagState | None:
    """What most voted for; None where as many voted for the other."""
    count = count_of(of) if of else {}
    confirm, dismiss = count.get(Choice.confirm, 0), count.get(Choice.dismiss, 0)
    if confirm == dismiss:
        return None
    return FlagState.confirmed if confirm > dismiss else FlagState.dismissed


def _adoption(leading: Leading) -> str:
    of, given = leading.live.round, points_given(leading.live)
    if of is None or not given:
        return ""
    if not leading.actor.facilitates:
        words = "The facilitator adopts weights, here or on the page Agree on weights."
        return f'<h2>Weights</h2><p class="quiet">{words}</p>'
    place = f"weights/{of.id}"
    radios = radio("The mean of the room", "whose", "", f"{place}/whose", checked=True)
    if leading.held.settings.names:
        radios += "".join(radio(f"As {name} weighs", "whose", name, f"{place}/whose") for name in given)
    inner = (
        f'<fieldset class="words"><legend>Whose weights</legend>{radios}</fieldset>'
        '<p class="effect" aria-live="polite"></p>'
        + text_field("Why these", "reason", f"{place}/reason", kept=f"{leading.live.whole.id}/weights/reason", rows=2)
        + submit("Adopt these weights", "record")
    )
    return f'<h2>Adopt weights</h2><div class="result" data-effect="adopt">{form("adopt", inner, "adopt-form")}</div>'
