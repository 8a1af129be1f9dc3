"""Figures belong to the very signals they were measured on; weights are read from a file that people can read."""

from __future__ import annotations

import pytest

from ii_vendor.content_changes import content_changes
from ii_vendor.errors import UserError
from ii_vendor.library import ContentError, load_library
from ii_vendor.library.measured import MEASURED, write_measured
from ii_vendor.library.resemblance import RESEMBLANCE, read_resemblance, write_resemblance
from ii_vendor.model.measurement import Found, Measured, Measurement, Share
from ii_vendor.model.resemblance import Cut, Resemblance
from ii_vendor.model.signal import SignalSet

LAYER = Resemblance(
    made_from="2 labelled answers by 2 authors",
    red=Cut(bias=-1.5, red=0.1, good=-0.2, least=0.333),
    good=Cut(bias=-2.0, least=1.0),
    weights={
        "cloud": (2.125, -0.5),
        "{LOSS} {STOPS}": (30.0, 0.0),
        "not cloud": (-1.0, 12345.678),
        "made from": (0.5, 0.0),
    },
    whole={"cloud": (0.0, 0.125), "pump": (-1.5, 0.25)},
)
SIGNALS = """
signals:
  - id: stops-alone
    polarity: red
    flags: {Q1: Q1-stops-without-vendor}
    reason: Something stops.
    patterns: [the line stops]
    tests: {hit: [Then the line stops.], none: [The line runs.]}
"""


@pytest.fixture
def folder(copy):
    """A content folder with one signal, whatever was shipped."""
    signals = copy / "scoring" / "signals"
    for path in (*signals.glob("*.yaml"), *signals.glob("lexicon/*.yaml"), copy / MEASURED, copy / RESEMBLANCE):
        path.unlink(missing_ok=True)
    (signals / "own.yaml").write_text(SIGNALS, "utf-8")
    (signals / "lexicon").mkdir(exist_ok=True)
    (signals / "lexicon" / "words.yaml").write_text("concepts: {}\n", "utf-8")
    return copy


def measured_on(signals: SignalSet) -> Measured:
    share = Share(hits=1, of=2)
    pair = Found(precision=share, recall=share)
    figures = Measurement(
        n=2,
        signals=pair,
        with_possible=pair,
        good=pair,
        red_shown_as_good=share,
        span_overlap=share,
        quotes_on_span=share,
        coverage=share,
    )
    return Measured(signals=signals.digest_unmeasured, authors=("a", "b", "c"), folds=3, figures=figures)


def test_figures_are_there_for_the_signals_they_were_measured_on(folder):
    write_measured(measured_on(load_library(folder).signals), folder / MEASURED)
    library = load_library(folder)
    assert library.signals.measured is not None
    frozen = library.content()
    assert type(frozen).model_validate_json(frozen.model_dump_json()).signals.measured == library.signals.measured


@pytest.mark.parametrize("changed", ["signal", "lexicon", "weights"])
def test_signals_that_were_changed_since_claim_no_figures(folder, changed):
    write_measured(measured_on(load_library(folder).signals), folder / MEASURED)
    if changed == "signal":
        own = folder / "scoring" / "signals" / "own.yaml"
        own.write_text(SIGNALS.replace("[the line stops]", "[the line stops, it halts]"), "utf-8")
    elif changed == "lexicon":
        (folder / "scoring" / "signals" / "lexicon" / "words.yaml").write_text("concepts: {LOSS: [is lost]}\n", "utf-8")
    else:
        write_resemblance(LAYER, folder / RESEMBLANCE)
    assert load_library(folder).signals.measured is None


@pytest.mark.parametrize("name", [MEASURED, RESEMBLANCE])
def test_a_file_that_was_spoilt_is_named_with_what_to_do(folder, name):
    (folder / name).write_text("{}\nx\ty", "utf-8")
    with pytest.raises(ContentError) as error:
        load_library(folder)
    assert str(error.value).startswith(name)
    assert "ii-vendor signals train" in str(error.value)


def test_weights_are_read_back_as_they_were_written_with_the_most_telling_first(tmp_path):
    path = tmp_path / "weights.tsv"
    write_resemblance(LAYER, path)
    assert read_resemblance(path) == LAYER
    lines = path.read_text("utf-8").splitlines()
    assert lines[1].split("\t")[:3] == [
        "what stands in a sentence",
        "its sentence is like a red flag",
        "its sentence is like a good answer",
    ]
    assert [line.split("\t")[0] for line in lines[6:]] == ["not cloud", "{LOSS} {STOPS}", "cloud", "pump", "made from"]


def test_weights_without_any_of_whole_answers_are_read_as_well(tmp_path):
    path = tmp_path / "weights.tsv"
    write_resemblance(LAYER, path)
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    path.write_text("".join("\t".join(row[:3]) + "\n" for row in rows), "utf-8")
    assert read_resemblance(path) == LAYER.model_copy(update={"whole": {}})


HEAD = "made from\t2 answers\nwhat stands in a sentence\tred\tgood\n"
CUTS = "(bias)\t0\t0\n(red)\t0\t0\n(good)\t0\t0\n(least)\t0\t0\n"


@pytest.mark.parametrize(
    "text",
    [
        "cloud\t1\n",
        "a\tb\nc\n",
        HEAD.replace("\t2 answers", "") + CUTS,
        HEAD,
        HEAD + CUTS[:20],
        HEAD + CUTS.replace("(good)", "(red)") + "x\t1\t1\n",
        HEAD + CUTS + "cloud\n",
        HEAD + CUTS + "\n",
        HEAD + CUTS + "cloud\t1\t2\t3\n",
        HEAD + CUTS + "cloud\tnan\t1\n",
    ],
)
def test_what_is_no_file_of_weights_is_refused(tmp_path, text):
    path = tmp_path / "weights.tsv"
    assert read_resemblance(path) is None
    path.write_text(HEAD + CUTS + "cloud\t1\t\n", "utf-8")
    assert read_resemblance(path).weights == {"cloud": (1.0, 0.0)}
    path.write_text(text, "utf-8")
    with pytest.raises(UserError):
        read_resemblance(path)


def test_adopting_tells_of_other_weights_and_figures(content):
    def with_signals(**changed):
        return content.model_copy(update={"signals": content.signals.model_copy(update=changed)})

    assert content_changes(content, with_signals(resemblance=LAYER)) == (
        "the weights by which wording resembles known red flags are different",
    )
    assert content_changes(content, with_signals(measured=measured_on(content.signals))) == (
        "how often the signals were right was measured anew",
    )
