"""Names are hidden wherever they stand and however they are written, and words copied from what is shown come back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ii_vendor.model.response import Answer, Cell
from ii_vendor.model.seat import Discipline, Evaluator
from ii_vendor.rules.masking import hidden_names, masked, unmasked_words
from ii_vendor.rules.names import Masks

ODD = [
    "Alder",
    "Alder Works",
    "alder works north",
    "A.C. (Birch) [x]*",
    "C++ & Co.",
    "$Ash^",
    "\\d+",
    "Müller",
    "Mu\u0308ller Söhne",
    "東芝",
    "3M",
    "Vendor A",
    "Vendor B",
    "|",
    "Östra\tVerk",
]
SOME_NAME = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
)
FILLER = st.one_of(
    st.sampled_from([" ", ", ", "'s ", "-", "_", "/", "\n", " Vendor A ", "Vendor", ".", "(", "x", "は", "9"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)

SEAT = Evaluator(name="Amara", discipline=Discipline.operations)


@st.composite
def evaluations_named(draw):
    """Names of two or three vendors that tell them apart, and an answer of the first with names in odd places."""
    names = draw(st.lists(SOME_NAME, min_size=2, max_size=3, unique_by=lambda name: " ".join(name.casefold().split())))
    names = [name for name in names if name.strip()]
    written = st.sampled_from(names).flatmap(
        lambda name: st.sampled_from(
            [
                name,
                name.upper(),
                name.lower(),
                name.title(),
                unicodedata.normalize("NFD", name),
                name.replace(" ", "\n"),
            ]
        )
    )
    return names, "".join(draw(st.lists(st.one_of(written, FILLER), max_size=8)))


@pytest.fixture(scope="module")
def named(judged):
    """An evaluation with vendors of these names, the first of which answered Q1 with these words."""

    def build(names, text):
        ids = [f"v{place}" for place in range(len(names))]
        now = judged({key: {} for key in ids})
        vendors = tuple(
            vendor.model_copy(update={"name": name}) for vendor, name in zip(now.vendors, names, strict=True)
        )
        (received,) = now.responses["v0"]
        answers = (Answer(question="Q1", cells=(Cell(text="Before."), Cell(text=text))),)
        response = received.response.model_copy(update={"answers": answers, "vendor": names[0]})
        responses = {"v0": (received.model_copy(update={"response": response}),)}
        return now.model_copy(update={"vendors": vendors, "responses": responses})

    return build


@given(evaluations_named(), st.data())
@example((["Alder", "Alder Works"], "Alder Works is not Alder."), None)
def test_words_copied_from_what_is_shown_are_found_in_what_the_vendor_wrote(named, drawn, data):
    names, text = drawn
    if not names:
        return
    now = named(names, text)
    shown = masked(now, SEAT).responses["vendor-a"][0].response.answer("Q1").cells[1].text
    places = st.integers(0, len(shown))
    start, end = sorted((data.draw(places), data.draw(places))) if data else (0, len(shown))
    quote = shown[start:end]
    words = unmasked_words(now, "v0", "Q1", quote)
    assert any(words in cell for cell in ("Before.", text))
    assert quote in Masks(now).hide(text) or quote in "Before."


@given(evaluations_named())
def test_the_whole_of_what_is_shown_is_the_whole_of_what_was_written(named, drawn):
    names, text = drawn
    if not names:
        return
    now = named(names, text)
    assert Masks(now).words_behind(text, Masks(now).hide(text)) == text


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("place", ["{}", "by {}.", "({})", "{}'s", "x-{}-y", "{}_GW", "\n{}\n", "{}/{}", "“{}”"])
def test_a_name_is_hidden_in_odd_places(named, name, place):
    text = place.replace("{}", name)
    now = named([name, "Zelkova"], text)
    assert Masks(now).hide(text) == place.replace("{}", "Vendor A")


@pytest.mark.parametrize("said", ["ALDER works", "alder\nWorks", "Alder  Works", "Alder\u00a0Works"])
def test_a_name_is_hidden_whatever_its_case_and_spaces(named, said):
    assert Masks(named(["Alder Works", "Birch"], said)).hide(f"by {said}!") == "by Vendor A!"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_hidden_however_its_accents_are_written(named, form):
    for name in ("Müller", "Mu\u0308ller"):
        assert Masks(named([name, "Birch"], "")).hide(unicodedata.normalize(form, "bei MÜLLER")) == "bei Vendor A"


def test_a_name_within_a_script_without_spaces_is_hidden(named):
    assert Masks(named(["東芝", "Birch"], "")).hide("当社東芝は") == "当社Vendor Aは"


def test_a_longer_name_is_never_left_in_part(named):
    masks = Masks(named(["Alder", "Alder Works"], ""))
    assert masks.hide("Alder Works, not Alder") == "Vendor B, not Vendor A"


def test_a_letter_that_is_a_vendors_name_is_replaced_once(named):
    masks = Masks(named(["Alder", "Vendor A"], ""))
    assert masks.hide("Alder and Vendor A") == "Vendor A and Vendor B"


def test_a_name_within_another_word_stays(named):
    assert Masks(named(["It", "Birch"], "")).hide("Fitting, it is") == "Fitting, Vendor A is"


def test_what_the_tool_says_names_no_vendor_by_its_id(named):
    now = named(["Alder", "Birch"], "")
    assert hidden_names(now, "v0/Q1-stops of Alder. There are: v0, v1.") == (
        "vendor-a/Q1-stops of Vendor A. There are: vendor-a, vendor-b."
    )


def test_without_vendors_nothing_is_hidden(judged):
    assert hidden_names(judged({}), "as it is") == "as it is"
