"""The item at hand: what it is about, how the votes fell once they are shown, and what can be done with it."""

from __future__ import annotations

from html import escape

from ii_vendor.model.panel import Flag
from ii_vendor.model.workshop import Choice, Item, Round, Scene, Subject, Vote
from ii_vendor.report.workshop_words import choice_words
from ii_vendor.rules.workshop import extremes
from ii_vendor.score.elicitation import weighed_ids
from ii_vendor.score.proposals import shares_in_force
from ii_vendor.score.weights import whole_percentages
from ii_vendor.workshop.lead_html import button, fold, form, names, submit, text_field
from ii_vendor.workshop.lead_record import mean_weights, points_given
from ii_vendor.workshop.lead_view import Leading, vendor_names
from ii_vendor.workshop.lead_words import votes_words

NOT_AT_HAND = {
    Scene.holding: ("People are joining", "The screen shows how. Go on when everybody is there."),
    Scene.agenda: ("The agenda", "Go on to the first item, or choose another one from the agenda."),
    Scene.item: ("Nothing at hand", "Choose something from the agenda."),
    Scene.picture: ("Where the vendors stand", "Go on to the next item, or choose another one from the agenda."),
}
QUOTES = 2
"""As many of a red flag's quotes are shown beside it."""

CLOSED = "Your interests close this vendor to you: you can lead the vote, and somebody else records what is agreed."


def item_html(leading: Leading) -> str:
    """The item at hand, or what the room does while there is none."""
    item = leading.live.item
    if item is None:
        title, words = NOT_AT_HAND[leading.live.room.scene]
        return f"<h2>{title}</h2><p>{words}</p>"
    return f"{_head(leading, item)}{_votes(leading, item)}{_tools(leading, item)}"


def _head(leading: Leading, item: Item) -> str:
    live = leading.live
    if item.subject is Subject.weights:
        return "<h2>What should weigh how much</h2><p>Everybody gives points to the sections.</p>"
    asked = live.content.questions[item.question]
    vendor = escape(vendor_names(live)[item.vendor])
    flag = live.seen.flags.get(item.flag)
    if item.subject is Subject.flag and leading.is_closed(item.vendor):
        return f'<p class="of">{vendor} · {escape(asked.id)} {escape(asked.title)}</p><h2>Red flag</h2>'
    if item.subject is Subject.flag and flag:
        gate = ", a gate" if flag.gate else ""
        return (
            f'<p class="of">{vendor} · {escape(asked.id)} {escape(asked.title)}</p>'
            f'<h2><span class="red" aria-hidden="true">⚑</span> Red flag: {escape(flag.statement)}</h2>'
            f'<p class="quiet">{flag.severity.value}{gate} · {flag.state.value}</p>{_quoted(leading, flag)}'
        )
    return f'<p class="of">{vendor}</p><h2>{escape(asked.id)} {escape(asked.title)}</h2><p>{escape(asked.text)}</p>'


def _quoted(leading: Leading, flag: Flag) -> str:
    """The vendor's words that a red flag was raised for, to whom they are open."""
    words = [] if leading.is_closed(flag.vendor) else [quote.text for quote in flag.quotes if quote.text]
    return "".join(f"<blockquote>{escape(text)}</blockquote>" for text in words[:QUOTES])


def _votes(leading: Leading, item: Item) -> str:
    """How the votes of the newest round fell, once they are shown."""
    of = leading.live.round
    if of is None:
        return ""
    if leading.is_closed(item.vendor):
        return f'<p class="notice">{CLOSED}</p>'
    if not of.revealed:
        return f"<p><b>Round {of.number} is open.</b> Votes are hidden.</p>"
    said = _points(leading) if item.subject is Subject.weights else _counts(leading, of)
    before = (each for each in leading.held.rounds_of(item)[:-1] if each.revealed)
    earlier = "".join(f'<p class="quiet">{escape(votes_words(each))}</p>' for each in before)
    return f'<div class="votes"><h3>Round {of.number}</h3>{said}{_reasons(leading, of)}{earlier}</div>'


def _counts(leading: Leading, of: Round) -> str:
    if not of.votes:
        return "<p>Nobody voted.</p>"
    levels = [choice for choice in reversed(Choice) if choice.level is not None]
    rest = [choice for choice in Choice if choice.level is None]
    given = [vote.choice for vote in of.votes.values()]
    shown = [*levels, *rest] if of.item.subject is Subject.answer else rest
    rows = "".join(
        _row(leading, of, choice, max(given.count(each) for each in given))
        for choice in shown
        if choice in given or choice.level is not None
    )
    return f'<table class="fell"><tbody>{rows}</tbody></table>{_speak(leading, of)}'


def _row(leading: Leading, of: Round, choice: Choice, most: int) -> str:
    who = [name for name, vote in of.votes.items() if vote.choice is choice]
    said = names(who) if leading.held.settings.names else ""
    words = "n/a" if choice is Choice.not_applicable else choice.value
    aside = ' class="aside"' if choice is Choice.abstain else ""
    bar = f'<i{aside} style="width:{100 * len(who) / most:.0f}%"></i>'
    return (
        f'<tr><th scope="row">{escape(words)}</th><td class="dots">{bar}</td>'
        f'<td class="number">{len(who) or ""}</td><td>{said}</td></tr>'
    )


def _speak(leading: Leading, of: Round) -> str:
    """Whom to ask first: those furthest apart."""
    low, high = extremes(of)
    if not low:
        return ""
    levels = f"{of.votes[low[0]].choice.value} and {of.votes[high[0]].choice.value}"
    if not leading.held.settings.names:
        return f'<p class="speak">Ask who gave {levels} to speak first, if they wish.</p>'
    return f'<p class="speak"><b>Speak first:</b> {names((*low, *high))} ({levels}).</p>'


def _reasons(leading: Leading, of: Round) -> str:
    # The order in which votes came in would tell whose is whose.
    said = sorted((vote for vote in of.votes.values() if vote.reason), key=lambda vote: (vote.choice, vote.reason))
    if not said:
        return ""
    rows = "".join(f"<li>{_reason(vote, named=leading.held.settings.names)}</li>" for vote in said)
    return fold(f"Reasons ({len(said)})", f'<ul class="reasons">{rows}</ul>', f"reasons-{of.id}")


def _reason(vote: Vote, *, named: bool) -> str:
    who = f"<b>{escape(vote.evaluator)}</b>, " if named else ""
    what = "" if vote.choice is Choice.points else f"{choice_words(vote.choice)}: "
    return f"{who}{what}{escape(vote.reason)}"


def _points(leading: Leading) -> str:
    """What the room would have the sections weigh: the mean, and how far people lie apart."""
    live = leading.live
    given = [whole_percentages(points) for points in points_given(live).values()]
    if not given:
        return "<p>Nobody gave points.</p>"
    now, mean = whole_percentages(shares_in_force(live.content)), whole_percentages(mean_weights(live))
    titles = {section.id: section.title for section in live.content.sections}
    rows = "".join(
        f'<tr><th scope="row">{escape(titles[key])}</th><td class="number">{now[key]} %</td>'
        f'<td class="number"><b>{mean[key]} %</b></td>'
        f'<td class="number">{min(each[key] for each in given)}–{max(each[key] for each in given)} %</td></tr>'
        for key in weighed_ids(live.content)
    )
    head = "".join(f'<th scope="col">{title}</th>' for title in ("Section", "Now", "Mean", "Range"))
    return f'<table class="points"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _tools(leading: Leading, item: Item) -> str:
    """What can be done with the item beside going on."""
    of, parts = leading.live.round, []
    if of is not None and of.revealed:
        parts.append(button("Vote again", "round", "again"))
        if of.item.subject is not Subject.weights:
            parts.append(button("Hide the votes again", "undo", "undo", kind="plain"))
    flags = [flag for flag in leading.live.seen.flags_of(item.vendor, item.question) if flag.id != item.flag]
    put_off = (
        text_field("Why (optional)", "reason", f"{item.key}/off")
        + '<div class="row">'
        + submit("Park it, to come back", "park", {"step": "park"}, kind="")
        + submit("Skip it", "skip", {"step": "skip"}, kind="")
        + "</div>"
    )
    shown = f'<div class="row tools">{"".join(parts)}</div>' if parts else ""
    if flags and not leading.is_closed(item.vendor):
        rows = "".join(f"<li>{_flag(flag)}</li>" for flag in flags)
        undecided = sum(flag.state.undecided for flag in flags)
        title = f"Red flags ({undecided} undecided)" if undecided else "Red flags (all decided)"
        shown += fold(title, f'<ul class="flags">{rows}</ul>', "flags")
    return shown + fold("Skip or park", form("skip", put_off, "off-form"), "off")


def _flag(flag: Flag) -> str:
    body = {"vendor": flag.vendor, "question": flag.question, "flag": flag.id}
    vote = button("Vote on it", "flag", f"flag-{flag.id}", body)
    gate = ", gate" if flag.gate else ""
    state = f"<small>{flag.severity.value}{gate} · {flag.state.value}</small>"
    return f'<span><span class="red" aria-hidden="true">⚑</span> {escape(flag.statement)} {state}</span>{vote}'
