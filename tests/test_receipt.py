"""What an import tells: what a newer response changed, and what makes one doubt whose it is."""

import pytest

from ii_vendor.model.intake import Intake
from ii_vendor.receipt import accept
from ii_vendor.terminal import tell_imports


@pytest.fixture
def handed_in(evaluations, renewal, response_of):
    """Import a response as if it had just been read: gives what is told about it."""

    def call(name, original, *, vendor=None, **words):
        response = response_of(name or "Alder", original=original, **words).model_copy(update={"vendor": name})
        intake = Intake(file=response.file, response=response, original=original)
        return accept(evaluations, renewal, intake, vendor)

    return call


def warnings(told):
    return [problem["message"] for problem in told["problems"] if problem["severity"] == "warning"]


def test_a_newer_response_tells_in_full_what_it_changed(handed_in):
    told = handed_in("Alder", b"newer", Q2="Anywhere you like.", L2="")
    assert (told["accepted"], told["version"], warnings(told)) == (True, 2, [])
    said = [(each["question"], each["kind"], each["old"], each["new"]) for each in told["changes"]]
    assert said == [
        ("Q2", "changed", "At the boundary of each zone.", "Anywhere you like."),
        ("L2", "removed", "You export everything yourself.", ""),
    ]


def test_a_first_response_changes_nothing(handed_in):
    assert handed_in("Cedar", b"cedar")["changes"] == []


def test_changes_are_printed_one_a_line_and_shortened(handed_in, capsys):
    tell_imports([handed_in("Alder", b"newer", Q2="Anywhere\nyou like. " * 20, L2="")])
    first, changed, removed = capsys.readouterr().out.splitlines()
    assert first.startswith("Alder.xlsx: accepted as version 2 of alder")
    assert changed.startswith("  Q2 answer changed: At the boundary of each zone. -> Anywhere you like. Anywhere")
    assert changed.endswith("…")
    assert len(changed.split(" -> ")[1]) == 80
    assert removed == "  L2 answer removed: You export everything yourself. -> (empty)"


def test_a_response_accepted_under_another_name_than_its_own_is_warned_about(handed_in):
    (warning,) = warnings(handed_in("Birch", b"newer", vendor="alder"))
    assert warning == "The workbook names Birch as its vendor, and was accepted as the response of Alder."
    assert warnings(handed_in("ALDER ", b"newest", vendor="alder")) == []
    assert warnings(handed_in("", b"nameless", vendor="alder")) == []


def test_a_file_that_another_vendor_sent_before_is_warned_about(handed_in):
    (warning,) = warnings(handed_in("Cedar", b"birch"))
    assert warning == "This very file was accepted before, as version 1 of Birch."


def test_a_warning_is_printed_without_a_place_it_does_not_have(handed_in, capsys):
    tell_imports([handed_in("Cedar", b"birch")])
    assert capsys.readouterr().err == (
        "  warning: This very file was accepted before, as version 1 of Birch. Check that Cedar sent it too.\n"
    )


def test_a_workbook_that_names_no_vendor_is_refused_with_the_option_that_helps(handed_in, evaluations, renewal):
    before = evaluations.get(renewal)
    told = handed_in(" ", b"nameless")
    assert told["accepted"] is False
    assert "use --vendor" in told["refused"]
    assert evaluations.get(renewal) == before
