"""The report of an evaluation, as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapedby.spam.evaluate import EVERYTHING, LEVELS, LINKED, LONG, UNCHANGED, WRAPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapedby.spam.evaluate import Report, Stress
    from shapedby.spam.figures import Range, Share

CIVIC_TARGETS = (0.90, 0.96, 0.975)
ALL_TARGET = 0.94
MOST_LOST, MOST_WRONG = 0.02, 0.03
MEDIAN_MS, SLOW_MS, MOST_BYTES = 2.0, 4.0, 1_000_000
A_POINT = 0.01


@dataclass(frozen=True)
class Row:
    """One figure beside what it must reach."""

    name: str
    figure: str
    target: str
    reached: bool

    def __str__(self) -> str:
        """Write the row in one line."""
        return f"{self.name:46} {self.figure:34} {self.target:22} {'yes' if self.reached else 'NO'}"


def least(name: str, found: Share, target: float) -> Row:
    """Compare a share with the least that it may be."""
    return Row(name, str(found), f"at least {target * 100:.1f} %", found.value >= target)


def most(name: str, found: Share, target: float) -> Row:
    """Compare a share with the most that it may be."""
    return Row(name, str(found), f"at most {target * 100:.1f} %", found.value <= target)


def render(report: Report) -> str:
    """Return the report in lines of at most 120 characters."""
    lines = [
        f"{report.texts} texts, {report.spam} of them spam; weights {report.digest[:12]}",
        "",
        f"{'what must be reached':46} {'measured (95 % interval)':34} {'target':22} reached",
    ]
    lines += [str(row) for row in rows(report)]
    lines += ["sources never learned from, a campaign after 100 decisions: see --leave-out", ""]
    lines += [
        f"At the model's own threshold ({report.threshold:.3f})",
        f"  recall                          {report.recall}",
        f"  false positives                 {report.false_positives}",
        f"  false positives of civic text   {report.civic_false_positives}",
        f"  held                            {report.held}",
        "",
        f"{'source':30} {'spam held':38} legitimate held",
    ]
    lines += [f"{s.name[:30] or '(not given)':30} {s.recall!s:38} {s.false_positives}" for s in report.sources]
    if report.stresses:
        lines += ["", f"{'changed texts':39} {'held at its own threshold':34} where 0.5 % of civic text is held"]
        lines += [f"{s.name:39} {s.held!s:34} {s.at_civic}{_lost(s.less)}" for s in report.stresses]
    return "\n".join(lines) + "\n"


def rows(report: Report) -> Iterator[Row]:
    """Yield every figure that has a target and needs no other training."""
    for level, found, target in zip(LEVELS, report.civic_levels, CIVIC_TARGETS, strict=True):
        yield least(f"civic text against advertising, recall at {level * 100:.1f} %", found, target)
    yield least("all texts, recall at 0.5 %", report.levels[1], ALL_TARGET)
    yield from _changed({stress.name: stress for stress in report.stresses})
    if report.english.of:
        target = report.english.value + A_POINT
        yield Row("Welsh texts held (English ones and a point)", str(report.welsh), f"at most {target * 100:.1f} %",
                  report.welsh.value <= target)  # fmt: skip
    error, median, slow = report.calibration, report.median_ms, report.slow_ms
    figure = f"{error.value:.4f} ({error.low:.4f} to {error.high:.4f})"
    yield Row("expected calibration error", f"  {figure}", f"at most {MOST_WRONG}", error.value <= MOST_WRONG)
    for name, found, target in (("p50", median, MEDIAN_MS), ("p95", slow, SLOW_MS)):
        figure = f"  {found.value:.2f} ms ({found.low:.2f} to {found.high:.2f})"
        yield Row(f"one text on one core, {name}", figure, f"at most {target:.0f} ms", found.value <= target)
    size = report.weights_bytes
    yield Row("weights", f"  {size / 1e6:.2f} MB", f"at most {MOST_BYTES / 1e6:.0f} MB", size <= MOST_BYTES)


def _changed(found: dict[str, Stress]) -> Iterator[Row]:
    """Yield what changed texts must reach, at the threshold that holds 0.5 % of civic text."""
    if not found:
        return
    yield most("clean with one ordinary link, held", found[LINKED].at_civic, 0.015)
    yield most("clean and long, held", found[LONG].at_civic, 0.01)
    kept = {WRAPPED, EVERYTHING, UNCHANGED}
    lost = {stress.name: stress.less for stress in found.values() if stress.less and stress.name not in kept}
    name, worst = max(lost.items(), key=lambda item: item[1].value)
    figure = f"{worst.value * 100:5.1f} points ({worst.low * 100:.1f} to {worst.high * 100:.1f})"
    yield Row(f"worst loss to one disguise ({name[6:]})", figure, f"at most {MOST_LOST * 100:.0f} points",
              worst.value <= MOST_LOST)  # fmt: skip
    yield least("spam wrapped in genuine text, held", found[WRAPPED].at_civic, 0.88)
    yield least("spam with everything at once, held", found[EVERYTHING].at_civic, 0.92)


def _lost(less: Range | None) -> str:
    return "" if less is None else f"  lost {less.value * 100:.1f} ({less.low * 100:.1f} to {less.high * 100:.1f})"
