"""What an audit found, in plain words: whether a record is whole, and which state of it an export shows."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from ii_vendor.report.audit_phrases import moment
from ii_vendor.report.phrases import counted, few, listed
from ii_vendor.store.audit import Audit, Copy
from ii_vendor.store.chain import Entry, Fault

ANCHOR = (
    "A chain cannot show by itself that its end was cut off, or that all of it was written anew. A hash kept elsewhere "
    "can: compare one that stands on a scorecard or a printed page, or a record that was exported before."
)

MOST = 20
"""As many faults are told one by one."""


ACCESS = frozenset({"link issued", "seat taken", "links revoked"})
"""The kinds of events that say who came in, and change no result."""


class Standing(NamedTuple):
    """How an exported file or a printed hash stands to the record.

    ``state`` is ``latest``, ``earlier``, ``unknown`` (the hash is not in the record) or ``not valid`` (the exported
    record itself is broken). ``event`` is the one it was made at; ``since`` are those that came after it: of the
    latest, only those of ``ACCESS``.
    """

    what: str
    hash: str
    state: str
    event: Entry | None = None
    since: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    withheld: int = 0


def standing_of(what: str, record_hash: str, audit: Audit) -> Standing:
    """Where a hash, or the beginning of one, stands in the record. ``what`` names the file it came from."""
    event = audit.named(record_hash)
    if event is None:
        return Standing(what, record_hash, "unknown")
    since = audit.since(event)
    latest = all(each.kind in ACCESS for each in since)
    return Standing(what, event.hash, "latest" if latest else "earlier", event, since)


def standing_of_copy(what: str, copy: Copy, audit: Audit) -> Standing:
    """Where an exported record stands to the one in the database."""
    last = copy.entries[-1].hash if copy.entries else ""
    if copy.faults or not copy.entries:
        faults = copy.faults or (Fault(None, "It has no events.", "It is no whole record."),)
        return Standing(what, last, "not valid", faults=faults, withheld=copy.withheld)
    if copy.only_here:
        event = copy.entries[copy.common]
        return Standing(what, last, "unknown", event=event, withheld=copy.withheld)
    return standing_of(what, last, audit)._replace(withheld=copy.withheld)


def record_words(audit: Audit) -> list[str]:
    """Whether the record is whole; every fault in a line of its own."""
    if audit.valid:
        first, last = audit.entries[0], audit.entries[-1]
        return [
            f"The record of “{audit.name}” is whole: {counted(len(audit.entries), 'event')}, each sealed by the one "
            "before it, with all content and files that they name.",
            f"It runs from {_when(first)} to {_when(last)}. Its hash is {last.hash}.",
        ]
    return [
        f"The record of “{audit.name}” is not valid: {counted(len(audit.faults), 'fault')}.",
        *fault_words(audit.faults),
    ]


def fault_words(faults: tuple[Fault, ...]) -> list[str]:
    """A line for each fault, up to ``MOST``: what is wrong and what it means."""
    lines = [f"{fault.what} {fault.means}" for fault in faults[:MOST]]
    more = len(faults) - MOST
    return (
        [*lines, f"And {counted(more, 'more fault')}; “ii-vendor audit verify --json” lists all."]
        if more > 0
        else lines
    )


def standing_words(standing: Standing) -> list[str]:
    """Which state of the record a file or hash shows, and what came since."""
    what, event = standing.what, standing.event
    lines = []
    match standing.state:
        case "latest" if event and standing.since:
            lines.append(
                f"{what} shows the latest result; since then only links were made or revoked, or seats taken: event "
                f"{event.sequence} of {_when(event)}."
            )
        case "latest" if event:
            lines.append(f"{what} shows the latest state: event {event.sequence} of {_when(event)}.")
        case "earlier" if event:
            kinds = Counter(each.kind for each in standing.since)
            lines.append(
                f"{what} shows an earlier state: event {event.sequence} of {_when(event)}. "
                f"{counted(len(standing.since), 'event')} came since: "
                f"{listed([f'{count} × {kind}' for kind, count in kinds.most_common()])}, "
                f"by {few(sorted({each.actor for each in standing.since}))}."
            )
        case "not valid":
            lines.append(f"{what} is not valid in itself: {counted(len(standing.faults), 'fault')}.")
            lines += fault_words(standing.faults)
        case _ if event:
            lines.append(
                f"{what} and the record here part at event {event.sequence} of {_when(event)}: the record here is "
                "shorter or says otherwise from there on. Events were removed or changed here, or this is another "
                "evaluation."
            )
        case _:
            lines.append(
                f"{what} was made from a record that this one is not: no event here has the hash {standing.hash[:12]}. "
                "Events were removed or changed since, or it belongs to another evaluation."
            )
    if standing.withheld:
        lines.append(
            f"Of {counted(standing.withheld, 'event')} in it the words were withheld, so that only their "
            "place in the chain could be checked."
        )
    return lines


def audit_dict(audit: Audit, standings: tuple[Standing, ...]) -> dict[str, object]:
    """The audit as plain JSON: ``{evaluation, name, valid, events, record_hash, faults, compared: [...]}``."""
    return {
        "evaluation": audit.evaluation,
        "name": audit.name,
        "valid": audit.valid,
        "events": len(audit.entries),
        "record_hash": audit.entries[-1].hash if audit.entries else "",
        "faults": [fault._asdict() for fault in audit.faults],
        "compared": [
            {
                "what": each.what,
                "hash": each.hash,
                "state": each.state,
                "event": each.event._asdict() if each.event else None,
                "since": [entry._asdict() for entry in each.since],
                "faults": [fault._asdict() for fault in each.faults],
                "withheld": each.withheld,
            }
            for each in standings
        ],
    }


def _when(entry: Entry) -> str:
    try:
        return moment(datetime.fromisoformat(entry.at))
    except ValueError:
        return entry.at
