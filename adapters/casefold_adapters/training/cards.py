"""What a model says of itself: what it was trained on, how, and how good it was on what it had not seen."""

from collections import Counter
from collections.abc import Sequence

from casefold.kernel.canonical import Json
from casefold.pages.local.model import LocalModel
from casefold_adapters.training.fitting import Settings
from casefold_adapters.training.folds import Trained
from casefold_adapters.training.samples import Sample


def card_value(
    samples: Sequence[Sample], wordless: int, trained: Trained, settings: Settings, copies: int, seed: int
) -> dict[str, Json]:
    """Write a training's facts as plain JSON without floats: decibans in thousandths."""
    return {
        "pages": len(samples),
        "pages_without_words_left_out": wordless,
        "labels": dict(sorted(Counter(sample.label for sample in samples).items())),
        "families": dict(sorted(Counter(sample.family for sample in samples).items())),
        "origins": dict(sorted(Counter(sample.origin for sample in samples).items())),
        "classifier": "ridge regression of each label against the rest",
        "penalty_thousandths": round(settings.penalty * 1000),
        "scanned_copies": copies,
        "seed": seed,
        "millidecibans_per_decision": round(trained.slope.gain * 1000),
        "millidecibans_at_nought": round(trained.slope.intercept * 1000),
        "worth_max": settings.worth_max,
        "left_out": [
            {"family": family, "best_label_right": right, "pages": pages} for family, right, pages in trained.right
        ],
    }


def card_text(model: LocalModel) -> str:
    """Write a model's card for people, in Markdown."""
    card = model.card.members
    left_out = card["left_out"]
    assert isinstance(left_out, list), "a card lists the families left out"
    rows = [row for row in left_out if isinstance(row, dict)]
    most = model.calibration.lead_max
    asked = "" if most is None else f" It is not asked where rules alone put one label more than {most} decibans ahead."
    use = (
        "It speaks of pages beside the rules of the taxonomy: at most three opinions a page, each worth at most "
        f"{model.calibration.worth_max} decibans. It decides nothing alone, and it reads nothing but words.{asked}"
    )
    trained_on = (
        f"{card['pages']} pages, {card['scanned_copies']} more of each with the slips of a bad scan, "
        f"seed {card['seed']}; {card['pages_without_words_left_out']} pages without words were left out."
    )
    lines = [
        f"# {model.name} {model.version}",
        "",
        f"`{model.digest}`, for the taxonomy `{model.taxonomy}`.",
        "",
        "## Use",
        "",
        use,
        "",
        "## Trained on",
        "",
        trained_on,
        "",
        *_table(("where they come from", "pages"), card["origins"]),
        *_table(("label", "pages"), card["labels"]),
        "## On families it had not seen",
        "",
        "Best label of the model alone, from one page alone, by a model trained without the family and its group.",
        "",
        "| family | right | of |",
        "| --- | --: | --: |",
        *(f"| {row['family']} | {row['best_label_right']} | {row['pages']} |" for row in rows),
        "",
    ]
    return "\n".join(lines)


def _table(head: tuple[str, str], counts: Json) -> list[str]:
    assert isinstance(counts, dict), "counts are an object"
    rows = [f"| {name} | {count} |" for name, count in counts.items()]
    return [f"| {head[0]} | {head[1]} |", "| --- | --: |", *rows, ""]
