"""The minutes of a workshop as one document: who was there, each item with its votes by round, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

from ii_vendor.model import events
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.agenda import Agenda, AgendaItem
from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.model.workshop import Round, Subject, Workshop
from ii_vendor.report.audit_words import event_words
from ii_vendor.report.minutes_items import Discussed, came_and_went, discussed, events_of
from ii_vendor.report.moderation_words import agenda_words, item_words
from ii_vendor.report.phrases import counted, level_words, listed
from ii_vendor.report.workshop_words import (
    choice_words,
    points_words,
    settings_words,
)
from ii_vendor.report.workshop_words import (
    item_words as workshop_item_words,
)
from ii_vendor.rules import Refused
from ii_vendor.rules.workshop import count_of
from ii_vendor.score.agenda import agenda

STYLE = Path(__file__).with_name("minutes.css").read_text("utf-8")

MOST_OPEN = 12
"""As many open items are listed at the end."""


def minutes_html(
    evaluation: Evaluation,
    workshop: Workshop,
    history: Sequence[Event],
    content: Content,
    comparison: Comparison,
) -> str:
    """The minutes as a page that needs nothing else, to read and to print.

    ``evaluation``, ``workshop``, ``history`` and ``comparison`` are as one reader may see them: what is closed to that
    reader is not in the minutes, and votes that are not shown yet are in nobody's.
    """
    during = events_of(workshop, history)
    items = discussed(workshop, during, evaluation)
    left = agenda(evaluation, content, comparison)
    title = f"Minutes of workshop {workshop.number}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: {escape(evaluation.name)}</title><style>{STYLE}</style></head><body><main>"
        f"<header><p>{escape(evaluation.name)}</p><h1>{escape(title)}</h1>{_head(evaluation, workshop, items)}</header>"
        f"<section><h2>In the room</h2>{_people(evaluation, content, during)}</section>"
        f"{''.join(_item(number, each, evaluation, content) for number, each in enumerate(items, 1))}"
        f"<section><h2>Where it stands now</h2>{_standing(comparison)}{_open(left, comparison)}</section>"
        f"<footer>{_seal(evaluation)}</footer></main></body></html>"
    )


def workshop_numbered(evaluation: Evaluation, number: int | None) -> Workshop:
    """The workshop with this number, from 1; None: the last one. Refused where there is none."""
    held = evaluation.workshops
    if not held:
        raise Refused(
            "There was no workshop in this evaluation yet, so there are no minutes. The page Workshop opens one."
        )
    if number is not None and not 1 <= number <= len(held):
        raise Refused(f"There is no workshop {number}. There {'is' if len(held) == 1 else 'are'} {len(held)}.")
    return held[-1] if number is None else held[number - 1]


def _head(evaluation: Evaluation, workshop: Workshop, items: Sequence[Discussed]) -> str:
    closed = (
        f"{_moment(workshop.closed_at)} ({_long(workshop.closed_at - workshop.opened_at)})"
        if workshop.closed_at
        else "still open when these minutes were made"
    )
    how = settings_words(workshop.settings)
    lines = {
        "Opened": f"{_moment(workshop.opened_at)}, by {workshop.opened_by}",
        "Closed": closed,
        "Rules": f"{how[0].upper()}{how[1:]}.",
        "Taken up": f"{counted(len(items), 'item')}, {counted(len(workshop.rounds), 'round')} of votes",
    }
    if evaluation.masked:
        lines["Names"] = "Vendors’ names were hidden: letters stand for them."
    rows = "".join(f"<dt>{name}</dt><dd>{escape(said)}</dd>" for name, said in lines.items())
    return f"<dl>{rows}</dl>"


def _people(evaluation: Evaluation, content: Content, during: Sequence[Event]) -> str:
    lines = [
        f"<li><time>{event.at:%H:%M}</time> {escape(event_words(event, evaluation, content))}</li>"
        for event in came_and_went(during)
    ]
    return f"<ul class='came'>{''.join(lines)}</ul>" if lines else "<p>Nobody joined.</p>"


def _item(number: int, item: Discussed, evaluation: Evaluation, content: Content) -> str:
    vendor, question = item.place
    if not vendor:
        heading, asked = "What should weigh how much", ""
    else:
        name = next((each.name for each in evaluation.vendors if each.id == vendor), "A vendor")
        known = content.questions[question]
        heading = f"{name}: {known.id} {known.title}"
        asked = f'<p class="asked">{escape(known.text)}</p>{_before(item, evaluation)}'
    if vendor in evaluation.closed_vendors:
        return (
            f"<section class='item'><h2>{number}. {escape(heading)}</h2><p>This vendor is closed to you.</p></section>"
        )
    rounds = "".join(_round(each, evaluation, content) for each in item.rounds)
    results = "".join(_result(event, evaluation, content) for event in item.results)
    came = (
        f"<h3>What came of it</h3><ul class='results'>{results}</ul>"
        if results
        else "<p>Nothing was recorded on it.</p>"
    )
    return (
        f"<section class='item'><h2>{number}. {escape(heading)}</h2>"
        f'<p class="quiet">Taken up at {item.begun:%H:%M} UTC, {_long(item.time)}.</p>{asked}{rounds}{came}</section>'
    )


def _before(item: Discussed, evaluation: Evaluation) -> str:
    """What each had rated alone before."""
    vendor, question = item.place
    ratings = evaluation.ratings_of(vendor, question)
    if not ratings:
        return "<p>Nobody had rated it alone before.</p>"
    given = [rating.level for rating in ratings if rating.level is not None]
    mean = f", mean {level_words(sum(given) / len(given))}" if given else ""
    said = listed([f"{each.evaluator} {'not applicable' if each.level is None else each.level}" for each in ratings])
    return f"<p>Rated alone before: {escape(said)}{mean}.</p>"


def _round(of: Round, evaluation: Evaluation, content: Content) -> str:
    about = "" if of.item.subject is Subject.answer else f" on {workshop_item_words(of.item, evaluation)}"
    title = f"<h3>Round {of.number}{escape(about)}, {of.opened_at:%H:%M}</h3>"
    undone = f" The votes had been hidden again {counted(of.undone, 'time')}." if of.undone else ""
    if not of.votes:
        voted = f"{counted(len(of.voted), 'vote')} given. " if of.voted else ""
        return f"{title}<p>{voted}Votes stay hidden until they are shown.{undone}</p>"
    shown = (
        f"Shown at {of.revealed_at:%H:%M}, {'when all were in' if of.revealed_how == 'all in' else 'by hand'}."
        if of.revealed_at
        else "Never shown in the room; open since the workshop was closed."
    )
    votes = [of.votes[name] for name in of.voted if name in of.votes]
    rows = "".join(
        f"<tr><th scope='row'>{escape(vote.evaluator)}</th>"
        f"<td>{escape(points_words(vote.points, content) if vote.points else choice_words(vote.choice))}</td>"
        f"<td>{escape(vote.reason) or '<i>no reason given</i>'}</td></tr>"
        for vote in votes
    )
    return (
        f"{title}<p>{shown}{undone}{escape(_spread(of))}</p><table><thead><tr><th scope='col'>Who</th>"
        f"<th scope='col'>Vote</th><th scope='col'>Reason</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _spread(of: Round) -> str:
    counts = count_of(of)
    if of.item.subject is Subject.weights or not counts:
        return ""
    said = listed([f"{number} × {choice_words(choice)}" for choice, number in counts.items()])
    levels = [vote.choice.level for vote in of.votes.values() if vote.choice.level is not None]
    apart = f", {counted(max(levels) - min(levels), 'level')} apart" if len(levels) > 1 else ""
    return f" {said}{apart}."


def _result(event: Event, evaluation: Evaluation, content: Content) -> str:
    strong = isinstance(
        event.change, events.ConsensusRecorded | events.FlagDecided | events.ProfileAdopted | steps.ItemPutOff
    )
    words = escape(event_words(event, evaluation, content))
    return f"<li><time>{event.at:%H:%M}</time> {f'<b>{words}</b>' if strong else words}</li>"


def _standing(comparison: Comparison) -> str:
    rows = "".join(
        f"<tr><td>{card.rank or '–'}</td><th scope='row'>{escape(card.name)}</th>"
        f"<td>{escape(card.verdict.outcome.value)}</td></tr>"
        for card in sorted(comparison.vendors, key=lambda each: (each.rank is None, each.rank or 0, each.name))
    )
    return (
        "<table><thead><tr><th scope='col'>Rank</th><th scope='col'>Vendor</th><th scope='col'>Verdict</th></tr>"
        "</thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _open(left: Agenda, comparison: Comparison) -> str:
    names = {card.vendor: card.name for card in comparison.vendors}
    lines = "".join(
        f"<li>{escape(f'{names[each.vendor]}, {each.question}: {_why(each, comparison)}')}</li>"
        for each in left.items[:MOST_OPEN]
    )
    more = len(left.items) - MOST_OPEN
    rest = f"<p>And {more} more.</p>" if more > 0 else ""
    return f"<p><b>{escape(agenda_words(left))}</b></p><ul>{lines}</ul>{rest}"


def _why(item: AgendaItem, comparison: Comparison) -> str:
    return "; ".join(item_words(item, comparison))


def _seal(evaluation: Evaluation) -> str:
    return (
        f"<p>Made from the record of “{escape(evaluation.name)}” ({escape(evaluation.id)}) after event "
        f"{evaluation.sequence}, all times in UTC.</p><p>Record <code>{evaluation.record_hash}</code><br>"
        f"Content <code>{evaluation.content_hash}</code></p>"
        f"<p>To check: <code>ii-vendor audit verify {escape(evaluation.id)} "
        f"--hash {evaluation.record_hash[:16]}</code></p>"
    )


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def _long(time: timedelta) -> str:
    """``6 minutes``, ``1 hour and 20 minutes``."""
    minutes = round(time.total_seconds() / 60)
    if minutes < 1:
        return "less than a minute"
    hours, rest = divmod(minutes, 60)
    parts = [counted(hours, "hour")] if hours else []
    return listed([*parts, *([counted(rest, "minute")] if rest or not hours else [])])
