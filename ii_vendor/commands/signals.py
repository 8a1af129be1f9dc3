"""The commands that train the signals' linear layer, measure the signals, and give examples out to train on."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ii_vendor.arguments import Actor, AsJson, ContentFolder, EvaluationName
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json, progress_bar, service, writing

if TYPE_CHECKING:
    from ii_vendor.model.labelled import LabelledAnswer
    from ii_vendor.model.measurement import Measured
    from ii_vendor.model.signal import SignalSet

app = typer.Typer(
    help="Measure and train what finds red flags in vendors' words.",
    epilog="Example: ii-vendor signals evaluate answers.jsonl --errors",
    no_args_is_help=True,
    rich_markup_mode=None,
)
NO_SKLEARN = (
    'Training needs scikit-learn. Install it once with: pip install "ii-vendor[train]" (in the folder of ii-vendor: '
    'pip install -e ".[train]"). Finding red flags needs none of it.'
)


@app.command("evaluate", epilog="Example: ii-vendor signals evaluate answers.jsonl --errors")
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="Labelled answers: .jsonl files, or folders of them.")],
    as_json: AsJson = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed, and what was wrongly found.")] = False,
    content: ContentFolder = None,
) -> None:
    """Say how often the findings are right on labelled answers, over all and by question, with 95 % intervals.

    Answers that the signals were trained on, or whose text their writers had read, give figures that are too good.
    """
    from ii_vendor.detect.measure import find_timed, measure, misses
    from ii_vendor.library import load_library, read_labelled
    from ii_vendor.report.measurement_json import measurement_dict
    from ii_vendor.report.measurement_words import measurement_lines, miss_lines

    library, labelled = load_library(content), read_labelled(files)
    if not labelled:
        raise UserError("There is no labelled answer in these files.")
    _refuse_unknown(labelled, library.rubrics)
    signals = library.signals
    with progress_bar("Reading") as progress:
        found, seconds = find_timed(signals, labelled, progress)
    measured, missed = measure(labelled, found, seconds), list(misses(labelled, found)) if errors else []
    if as_json:
        listed = {"errors": [each._asdict() for each in missed]} if errors else {}
        print_json({**measurement_dict(measured), **listed})
        return
    for line in (*measurement_lines(measured), *([""] if missed else []), *miss_lines(missed)):
        typer.echo(line)


def _refuse_unknown(labelled: Sequence[LabelledAnswer], questions: Collection[str]) -> None:
    unknown = [answer for answer in labelled if answer.question not in questions]
    if unknown:
        first, more = unknown[0], len(unknown) - 1
        raise UserError(
            f"Answer '{first.id}' by {first.author} is to question '{first.question}', which this content does not have"
            f"{f'; so are {more} more to unknown questions' if more else ''}. Use one of: {', '.join(questions)}. "
            "Or name the content that has it, with --content."
        )


@app.command("train", epilog="Example: ii-vendor signals train --add line-3-examples.jsonl --content my-content")
def train(
    answers: Annotated[
        list[Path] | None,
        typer.Option(help="Labelled answers to train on: .jsonl files or folders; by default scoring/answers."),
    ] = None,
    add: Annotated[
        list[Path] | None, typer.Option(help="Further ones, such as 'signals examples' writes from an evaluation.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="Where to write the weights; by default scoring/signals/resemblance.tsv.")
    ] = None,
    unseen: Annotated[
        list[str] | None,
        typer.Option(
            help="Authors (names of files, with commas between) whose answers no writer of a signal has read."
        ),
    ] = None,
    hard: Annotated[
        list[str] | None,
        typer.Option(help="Others whom somebody asked to write what is hard to read: measured by themselves."),
    ] = None,
    content: ContentFolder = None,
) -> None:
    """Train the layer that says "possible red" from labelled answers, and measure all findings by cross-validation.

    One file is one author, and whole authors are left out: no answer is judged by what was trained on its author.
    The weights, and the figures beside them in measured.json, count for evaluations that begin afterwards.
    """
    from ii_vendor.library import read_labelled, shipped_folder
    from ii_vendor.report.measurement_words import FLATTERED, curve_lines, measurement_lines, part_lines

    folder = content or shipped_folder()
    labelled = read_labelled([*(answers or [folder / "scoring" / "answers"]), *(add or [])])
    measured, weights = _trained(folder, labelled, _names(unseen), _names(hard), to)
    typer.echo(f"Cross-validated in {measured.folds} parts, whole authors left out:")
    for line in measurement_lines(measured.figures):
        typer.echo(line)
    if not measured.unseen:
        typer.echo(f"\n{FLATTERED} Name authors that none of them had read with --unseen.")
    if measured.unseen:
        typer.echo("\nOf these, by authors whose answers no writer of a signal had read:")
        for line in measurement_lines(measured.unseen):
            typer.echo(line)
    if measured.hard:
        typer.echo("\nBeside them, by authors who had been asked to write what is hard to read:")
        for line in measurement_lines(measured.hard):
            typer.echo(line)
    for line in part_lines("By author", measured.by_author):
        typer.echo(line)
    if measured.curve:
        typer.echo("\nLearning curve, right / reached, in %:")
        for line in curve_lines(measured.curve):
            typer.echo(line)
    typer.echo(f"\nWrote {weights} and {weights.with_name('measured.json')}")


def _names(said: Sequence[str] | None) -> list[str]:
    return [name.strip() for part in said or () for name in part.split(",") if name.strip()]


def _trained(
    folder: Path, labelled: list[LabelledAnswer], unseen: list[str], hard: list[str], to: Path | None
) -> tuple[Measured, Path]:
    """Train on all, measure by leaving authors out, and write both: gives the figures, and where the weights are."""
    from importlib.util import find_spec

    from ii_vendor.detect.cross_validation import cross_validate
    from ii_vendor.detect.training import Trainer
    from ii_vendor.library import load_library
    from ii_vendor.library.measured import MEASURED, write_measured
    from ii_vendor.library.resemblance import RESEMBLANCE, read_resemblance, write_resemblance

    if sys.modules.get("sklearn", find_spec) is None or find_spec("sklearn") is None:
        raise UserError(NO_SKLEARN)
    bare = load_library(folder).signals.model_copy(update={"resemblance": None, "measured": None})
    trainer, weights = Trainer(bare, unseen), to or folder / RESEMBLANCE

    def with_layer(answers: Sequence[LabelledAnswer]) -> SignalSet:
        return bare.model_copy(update={"resemblance": trainer.train(answers)})

    with progress_bar("Training") as progress:
        measured = cross_validate(labelled, with_layer, unseen=unseen, hard=hard, progress=progress)
    layer = trainer.train(labelled)
    with writing(weights):
        write_resemblance(layer, weights)
        shipped = bare.model_copy(update={"resemblance": read_resemblance(weights)})
        named = measured.model_copy(update={"signals": shipped.digest_unmeasured})
        write_measured(named, weights.with_name(Path(MEASURED).name))
    return measured, weights


@app.command("examples", epilog="Example: ii-vendor signals examples line-3 --to line-3-examples.jsonl")
def examples(
    evaluation: EvaluationName,
    to: Annotated[Path | None, typer.Option(help="The file to write; without it, they are printed.")] = None,
    actor: Actor = None,
) -> None:
    """Give out what was decided on red flags as labelled examples, one JSON object a line, for 'signals train --add'.

    They hold the answers with their quoted words and the reasons. Vendors' names are replaced by letters, those of the
    panel and of vendors' contacts by "somebody". Names of products, sites and other firms stay, and so may
    abbreviations and names that are common words: read the file before you pass it on. Nothing is sent anywhere.
    """
    from ii_vendor.feedback import examples_jsonl

    lines = examples_jsonl(service(actor).get(evaluation))
    count = lines.count("\n")
    if to is None:
        typer.echo(lines, nl=False)
        return
    with writing(to):
        to.write_text(lines, "utf-8")
    typer.echo(f"Wrote {count} example{'' if count == 1 else 's'} to {to}")
