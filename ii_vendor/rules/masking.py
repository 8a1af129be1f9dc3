"""Vendors without their names: a letter stands for each, in what is shown and in what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from ii_vendor.model import events
from ii_vendor.model.base import Frozen
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation, Flag, ReceivedResponse
from ii_vendor.model.response import Answer, Attachment, Finding, SourceFile
from ii_vendor.model.seat import Evaluator
from ii_vendor.model.second_reading import SecondReading
from ii_vendor.model.workshop import Item, Workshop
from ii_vendor.rules.names import Mask, Masks

Said = TypeVar("Said", bound=Frozen)


def unmasked(now: Evaluation, shown: str) -> str:
    """The id of a vendor, or of one of its flags, that is shown as ``shown``; as it is where it is no mask."""
    vendor, slash, rest = shown.partition("/")
    own = next((key for key, mask in Masks(now).of.items() if mask.id == vendor), vendor)
    return f"{own}{slash}{rest}"


def unmasked_words(now: Evaluation, vendor: str, question: str, quote: str) -> str:
    """The vendor's own words for a ``quote`` copied from the masked answer; as it is where there are none."""
    masks, received = Masks(now), now.received(vendor)
    if received is None:
        return quote
    answer = received.response.answer(question)
    texts = (*(cell.text for cell in answer.cells), answer.evidence, answer.choice)
    return next((words for words in (masks.words_behind(text, quote) for text in texts) if words), quote)


def hidden_names(now: Evaluation, text: str) -> str:
    """The text with letters in place of every vendor's name and id."""
    return Masks(now, with_ids=True).hide(text)


def masked(now: Evaluation, seat: Evaluator) -> Evaluation:
    """The evaluation as ``seat`` sees it, with letters in place of vendors' names, in ids and everybody's words too."""
    masks = Masks(now)
    of = masks.of
    return now.model_copy(
        update={
            "mask_order": (),
            "vendors": tuple(
                vendor.model_copy(update={"id": of[vendor.id].id, "name": of[vendor.id].label})
                # In the order of the letters: that of the vendors would tell who is who.
                for vendor in sorted(now.vendors, key=lambda each: list(of).index(each.id))
            ),
            "responses": {
                of[vendor].id: tuple(_response(each, of[vendor], masks) for each in versions)
                for vendor, versions in now.responses.items()
            },
            "ratings": {(of[v].id, q, who): _said(each, masks) for (v, q, who), each in now.ratings.items()},
            "set_aside": {(of[v].id, q, who): _said(each, masks) for (v, q, who), each in now.set_aside.items()},
            "consensus": {(of[v].id, q): _said(each, masks) for (v, q), each in now.consensus.items()},
            "dissents": {(of[v].id, q, who): _said(each, masks) for (v, q, who), each in now.dissents.items()},
            "flags": {flag.id: flag for flag in (_flag(each, masks) for each in now.flags.values())},
            "second_readings": {
                of[vendor].id: tuple(_second_reading(each, now.responses.get(vendor, ()), masks) for each in readings)
                for vendor, readings in now.second_readings.items()
            },
            "prices": {of[vendor].id: _said(price, masks) for vendor, price in now.prices.items()},
            "proposals": {key: _said(each, masks) for key, each in now.proposals.items()},
            "declarations": {
                name: each.model_copy(
                    update={
                        "vendors": tuple(of[vendor].id for vendor in each.vendors),
                        "conflicts": _conflicts(each.conflicts, masks),
                    }
                )
                # What others declared names vendors by their conflict, whatever letter stands there.
                for name, each in now.declarations.items()
                if name == seat.name
            },
            "closed_vendors": frozenset(of[vendor].id for vendor in now.closed_vendors),
            "workshops": masked_workshops(now.workshops, masks),
        }
    )


def masked_workshops(workshops: Sequence[Workshop], masks: Masks) -> tuple[Workshop, ...]:
    """Workshops with letters in place of vendors' names, in what was voted on and in everybody's words."""
    return tuple(_workshop(each, masks) for each in workshops)


def masked_item(item: Item, masks: Masks) -> Item:
    """What a workshop votes on, under the letter of its vendor."""
    return _item(item, masks)


def masked_event(now: Evaluation, event: Event) -> Event:
    """An event that is about no single vendor, with letters in place of vendors' names."""
    masks = Masks(now)
    change = _said(event.change, masks)
    if isinstance(change, events.InterestsDeclared):
        vendors = tuple(masks.of[vendor].id for vendor in change.vendors)
        change = change.model_copy(update={"vendors": vendors, "conflicts": _conflicts(change.conflicts, masks)})
    if isinstance(change, events.NamesMasked):
        change = change.model_copy(update={"order": ()})
    return event if change == event.change else event.model_copy(update={"change": change, "salt": ""})


WORDS = ("reason", "quote", "text", "basis", "statement", "second_look", "changes", "unfinished")
"""The fields in which somebody's own words may name a vendor."""


def _said(each: Said, masks: Masks) -> Said:
    """The same without a vendor's name in its words, nor as what it is about."""
    hidden: dict[str, object] = {}
    for field in WORDS:
        match getattr(each, field, None):
            case str(words):
                hidden[field] = masks.hide(words)
            case tuple(lines):
                hidden[field] = tuple(masks.hide(line) for line in lines)
    if vendor := getattr(each, "vendor", ""):
        hidden["vendor"] = masks.of[vendor].id
    return each.model_copy(update=hidden)


def _conflicts(conflicts: Mapping[str, str], masks: Masks) -> dict[str, str]:
    return {masks.of[vendor].id: masks.hide(why) for vendor, why in conflicts.items()}


def _item(item: Item, masks: Masks) -> Item:
    if not item.vendor:
        return item
    own = masks.of[item.vendor].id
    flag = f"{own}/{item.flag.partition('/')[2]}" if item.flag else ""
    return item.model_copy(update={"vendor": own, "flag": flag})


def _workshop(workshop: Workshop, masks: Masks) -> Workshop:
    left = (_said(each, masks).model_copy(update={"item": _item(each.item, masks)}) for each in workshop.left.values())
    return workshop.model_copy(
        update={
            "rounds": tuple(
                each.model_copy(
                    update={
                        "item": _item(each.item, masks),
                        "votes": {name: _said(vote, masks) for name, vote in each.votes.items()},
                    }
                )
                for each in workshop.rounds
            ),
            "left": {each.item.key: each for each in left},
        }
    )


def _flag(flag: Flag, masks: Masks) -> Flag:
    return _said(flag, masks).model_copy(
        update={
            "id": f"{masks.of[flag.vendor].id}/{flag.id.partition('/')[2]}",
            "quotes": tuple(_said(each, masks) for each in flag.quotes),
            "decisions": tuple(_said(each, masks) for each in flag.decisions),
            "signatures": tuple(_said(each, masks) for each in flag.signatures),
        }
    )


def _response(received: ReceivedResponse, mask: Mask, masks: Masks) -> ReceivedResponse:
    response = received.response
    hidden = response.model_copy(
        update={
            "vendor": mask.label,
            "contact": "",
            "answers": tuple(_answer(answer, masks) for answer in response.answers),
            "file": SourceFile(name=f"{mask.label}.xlsx", sha256="", size=0),
            "problems": (),
            "attachments": tuple(_attachment(each, masks) for each in response.attachments),
        }
    )
    findings = tuple(_finding(each, response.answer(each.question), masks) for each in received.findings)
    return received.model_copy(update={"response": hidden, "findings": findings})


def _second_reading(reading: SecondReading, versions: Sequence[ReceivedResponse], masks: Masks) -> SecondReading:
    response = next(each.response for each in versions if each.version == reading.version)
    findings = tuple(_finding(each, response.answer(each.question), masks) for each in reading.findings)
    return reading.model_copy(update={"findings": findings})


def _answer(answer: Answer, masks: Masks) -> Answer:
    cells = tuple(
        cell.model_copy(update={part: masks.hide(getattr(cell, part)) for part in ("text", "row", "address")})
        for cell in answer.cells
    )
    words = {"evidence": masks.hide(answer.evidence), "choice": masks.hide(answer.choice)}
    return answer.model_copy(update={"cells": cells, **words})


def _attachment(attachment: Attachment, masks: Masks) -> Attachment:
    words = attachment.model_dump()
    return attachment.model_copy(update={name: masks.hide(said) for name, said in words.items()})


def _finding(finding: Finding, answer: Answer, masks: Masks) -> Finding:
    """The finding at its place in the masked words, with the whole of a name that it, or one of its words, cuts in
    two."""
    text = answer.cells[finding.cell].text

    def shown(start: int, end: int) -> tuple[int, int]:
        return masks.place_shown(text, start, end=False), masks.place_shown(text, end, end=True)

    start, end = shown(finding.start, finding.end)
    words = tuple(shown(*each) for each in finding.words)
    return finding.model_copy(update={"start": start, "end": end, "quote": masks.hide(text)[start:end], "words": words})
