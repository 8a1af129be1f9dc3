"""Having a second reader read a vendor's answers, and keeping what it pointed to."""

from __future__ import annotations

from collections.abc import Callable

from ii_vendor.evaluations.door import Door
from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, ReceivedResponse
from ii_vendor.model.response import Finding, Response
from ii_vendor.model.second_reading import SECOND_READER
from ii_vendor.rules import Refused
from ii_vendor.rules.names import Masks
from ii_vendor.rules.seats import check_facilitates, check_open_to, own_seat
from ii_vendor.rules.stages import check_not_locked
from ii_vendor.second_reader import Asked, Reader, Reading, read_answers
from ii_vendor.second_reader.reading import Claim, Progress

Shown = Callable[[str], str]


class Rereading(Door):
    """What a second reader says. It raises no red flag and changes no score."""

    def read_again(
        self, evaluation: str, vendor: str, question: str = "", *, reader: Reader, progress: Progress | None = None
    ) -> Evaluation:
        """Send a vendor's answers to ``reader``, one of them or all, and record what it pointed to.

        Where names are masked, they are masked in what is sent. Whatever was sent is on record, even where nothing came
        back. Refused for everybody but the facilitator, and where nothing could be sent.
        """
        now = self._whole(evaluation)
        self._check_rereading(now, vendor)
        received = now.received(vendor)
        if received is None:
            raise Refused(f"No response of {now.vendor(vendor).name} has arrived yet.")
        if question:
            self._check_names(now, vendor, question)
        shown: Shown = Masks(now).hide if now.masked else str
        asked = _asked(self.content(now), received.response, question, shown)
        if not asked:
            raise Refused("There is no answer to read.")
        reading = Reading()
        # Before the transaction: a model may take minutes, and nobody is to wait for it.
        try:
            read_answers(reader, asked, reading, progress)
        finally:
            # Also where it was stopped half-way: what has left the program is on record.
            after = self._keep_reading(now, vendor, received, reader, reading) if reading.sent else None
        if after is None:
            why = next(iter(reading.unread.values()))
            raise Refused(f"The second reader at {reader.host} cannot be used: {why}. Nothing was sent.")
        return after

    def _keep_reading(
        self, now: Evaluation, vendor: str, received: ReceivedResponse, reader: Reader, reading: Reading
    ) -> Evaluation:
        masks = Masks(now) if now.masked else None
        content = self.content(now)
        read = events.SecondReadingRecorded(
            vendor=vendor,
            version=received.version,
            reader=reader.model,
            host=reader.host,
            masked=now.masked,
            questions=tuple(reading.questions),
            unread=reading.unread,
            findings=tuple(_finding(content, received.response, claim, masks) for claim in reading.claims),
            dropped=dict(reading.dropped),
        )
        return self._change(now.id, lambda _: [read])

    def _check_rereading(self, now: Evaluation, vendor: str) -> None:
        check_facilitates(self._actor, "have a second reader read answers")
        check_not_locked(now)
        if not any(known.id == vendor for known in now.vendors):
            raise Refused(f"There is no vendor '{vendor}' in this evaluation.")
        check_open_to(now, own_seat(now, self._actor), vendor)


def _asked(content: Content, response: Response, question: str, shown: Shown) -> list[Asked]:
    """What is to be read: each answer that has words, as the panel sees it."""
    return [
        Asked(
            question=key,
            text=content.questions[key].text,
            cells=tuple(
                (shown(" / ".join(part for part in (cell.row, cell.column) if part)), shown(cell.text))
                for cell in response.answer(key).cells
            ),
            flags={rule.id: rule.statement for rule in content.rubric[key].red_flags},
        )
        for key in content.questions
        if question in ("", key) and any(cell.text.strip() for cell in response.answer(key).cells)
    ]


def _finding(content: Content, response: Response, claim: Claim, masks: Masks | None) -> Finding:
    """The claim as a possible red flag at its place in the vendor's own words."""
    text = response.answer(claim.question).cells[claim.cell].text
    words = masks.words_behind(text, claim.quote) if masks else claim.quote
    start = text.find(words)
    rule = next(rule for rule in content.rubric[claim.question].red_flags if rule.id == claim.flag)
    return Finding(
        id=f"{claim.question}:{SECOND_READER}:{claim.cell}:{start}:{claim.flag}",
        question=claim.question,
        signal=SECOND_READER,
        polarity="red",
        possible=True,
        flag=claim.flag,
        cell=claim.cell,
        start=start,
        end=start + len(words),
        quote=words,
        reason=rule.statement,
        ask=rule.ask,
    )
