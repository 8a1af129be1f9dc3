"""The commands for prices and for several people's weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ii_vendor.arguments import Actor, AsJson, EvaluationName, VendorName, id_of, one_of
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json, service

if TYPE_CHECKING:
    from ii_vendor.evaluations import Evaluations
    from ii_vendor.model.content import Content
    from ii_vendor.model.panel import WeighingMethod
    from ii_vendor.model.price import PriceComparison
    from ii_vendor.score.proposals import WhatIf


app = typer.Typer(rich_markup_mode=None)

Scope = Annotated[str, typer.Option(help="A section, for the weights of its questions; by default the sections.")]


@app.command(epilog='Example: ii-vendor price line-3 halden-grid 394000 --basis "five years, all sites"')
def price(
    evaluation: EvaluationName,
    vendor: VendorName,
    amount: Annotated[str, typer.Argument(help="A plain number such as 394000, or none to take it back.")],
    currency: Annotated[str, typer.Option(help="The one currency of all prices.")] = "EUR",
    basis: Annotated[str, typer.Option(help="What the price covers.")] = "",
    actor: Actor = None,
) -> None:
    """Record a vendor's price. It stands beside autonomy and never enters it."""
    evaluations = service(actor)
    vendor_id = evaluations.vendor_id(evaluation, vendor)
    evaluations.record_price(evaluation, vendor_id, _amount(amount), currency=currency, basis=basis)


@app.command(epilog="Example: ii-vendor prices line-3 --quality-share 0.7")
def prices(
    evaluation: EvaluationName,
    quality_share: Annotated[float, typer.Option(help="What quality counts in the classic ratio, 0 to 1.")] = 0.7,
    as_json: AsJson = False,
) -> None:
    """Show price per point of autonomy, and the classic ratio with what is known to be wrong with it."""
    evaluations = service(None)
    found = evaluations.prices(evaluations.get(evaluation), quality_share=quality_share)
    if as_json:
        print_json(found.model_dump(mode="json") if found else None)
    elif found is None:
        typer.echo("No price has been recorded yet.")
    else:
        _print_prices(found)


@app.command(
    epilog=(
        'Example: ii-vendor weigh line-3 --by "Amara Osei" --method swing --give six_questions=100 --give lock_in=40'
        "\n\nEvery section needs a --give, or with --scope every question of that section."
    )
)
def weigh(
    evaluation: EvaluationName,
    by: Annotated[str, typer.Option(help="Whose weights: a member of the panel.")],
    give: Annotated[list[str], typer.Option(help="ID=NUMBER: points 0-100, or a place from 1; repeat for each.")],
    method: Annotated[str, typer.Option(help="swing (points, 100 for the first) or order (places).")] = "swing",
    scope: Scope = "",
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")] = "",
) -> None:
    """Record what one member of the panel would have the sections weigh. Nothing counts until it is adopted."""
    from ii_vendor.score.elicitation import weighed_ids

    evaluations = service(by)
    content = evaluations.content(evaluations.get(evaluation))
    scope = _scope(content, scope)
    given = _given(give, weighed_ids(content, scope))
    evaluations.propose_weights(evaluation, by, _method(method), given, scope=scope, reason=reason)


@app.command(epilog="Example: ii-vendor proposals line-3 --json")
def proposals(evaluation: EvaluationName, scope: Scope = "", as_json: AsJson = False) -> None:
    """Show everybody's weights side by side and what each set would do, and who has given none.

    It shows them at once. On the page, whoever has still to weigh sees the others' weights only afterwards.
    """
    from ii_vendor.score.proposals import still_to_weigh

    evaluations = service(None)
    now = evaluations.get(evaluation)
    scope = _scope(evaluations.content(now), scope)
    found, missing = evaluations.effects(now, scope), still_to_weigh(now, scope)
    if as_json:
        print_json({"scope": scope, "proposals": [_told(each) for each in found], "missing": list(missing)})
        return
    _print_proposals(evaluations, evaluation, found, missing)


@app.command(epilog='Example: ii-vendor adopt line-3 "Amara Osei" --reason "Agreed in the meeting of 2 November"')
def adopt(
    evaluation: EvaluationName,
    whose: Annotated[str, typer.Argument(help="Whose weights: a member of the panel who has given some.")],
    reason: Annotated[str, typer.Option(help="Why these, in a sentence.")],
    scope: Scope = "",
    actor: Actor = None,
) -> None:
    """Judge by one person's weights from now on. The ratings stay as they are."""
    evaluations = service(actor)
    scope = _scope(evaluations.content(evaluations.get(evaluation)), scope)
    evaluations.adopt_proposal(evaluation, whose, scope=scope, reason=reason)


def _amount(text: str) -> float | None:
    if text.casefold() == "none":
        return None
    try:
        return float("".join(text.split()))
    except ValueError as error:
        raise UserError(f"'{text}' is not a price. Write a plain number such as 394000 or 99.50, or none.") from error


def _method(text: str) -> WeighingMethod:
    from ii_vendor.model.panel import WeighingMethod

    return one_of(WeighingMethod, "rank order" if text.casefold() == "order" else text, "method")


def _scope(content: Content, text: str) -> str:
    return id_of(text, [section.id for section in content.sections])


def _given(pairs: Iterable[str], known: Sequence[str]) -> dict[str, float]:
    given: dict[str, float] = {}
    for pair in pairs:
        name, _, number = pair.partition("=")
        key = id_of(name.strip(), known)
        if key in given:
            raise UserError(f"{key} was given twice.")
        try:
            given[key] = float(number)
        except ValueError as error:
            raise UserError(f"'{pair}' is not understood. Write the id, = and a number: lock_in=40.") from error
    return given


def _told(effect: WhatIf) -> dict[str, object]:
    return {
        **effect.proposal.model_dump(mode="json"),
        "ranks": {card.vendor: card.rank for card in effect.comparison.vendors},
        "verdicts": {card.vendor: card.verdict.outcome.value for card in effect.comparison.vendors},
        "moves": [move._asdict() for move in effect.moves],
    }


def _print_prices(found: PriceComparison) -> None:
    from ii_vendor.report.money import money
    from ii_vendor.report.price_words import price_sentences, ratio_doubts, ratio_sentence

    typer.echo(" ".join(price_sentences(found)))
    _print_table(
        ("Vendor", "Price", "Autonomy", "Per point", "Price points", "Together", "Left out"),
        [
            (
                each.name,
                money(each.amount, found.currency),
                "–" if each.autonomy is None else f"{each.autonomy:.0f}",
                money(each.per_point, found.currency),
                "–" if each.points is None else f"{each.points:.1f}",
                "–" if each.combined is None else f"{each.combined:.1f}",
                each.left_out,
            )
            for each in found.vendors
        ],
    )
    for line in (ratio_sentence(found), *ratio_doubts(found)):
        typer.echo(line)


def _print_proposals(
    evaluations: Evaluations, evaluation: str, found: Sequence[WhatIf], missing: Sequence[str]
) -> None:
    from ii_vendor.report.proposal_words import effect_words, given_words
    from ii_vendor.score import whole_percentages

    now = evaluations.compare(evaluations.get(evaluation))
    shares = [whole_percentages(each.proposal.weights) for each in found]
    if found:
        _print_table(
            ("", *(each.proposal.evaluator for each in found)),
            [(key, *(f"{share[key]} %" for share in shares)) for key in shares[0]],
        )
    elif not missing:
        typer.echo("Nobody has given weights yet.")
    for each in found:
        typer.echo(f"{given_words(each.proposal)}: {effect_words(now, each)}")
    if missing:
        typer.echo(f"No weights yet from: {', '.join(missing)}")


def _print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(Text(head), overflow="fold", justify="right" if place else "left")
    for row in rows:
        # As text: a name may hold what would be markup here.
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
