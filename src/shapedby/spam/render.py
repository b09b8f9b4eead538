"""The report of an evaluation, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapedby.spam.evaluate import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapedby.spam.evaluate import Report, Stress
    from shapedby.spam.figures import Share

TARGETS = {"all": (None, 0.94, None), "civic": (0.90, 0.96, 0.975)}
STRESS_TARGETS = {
    "clean, with one ordinary link": "at most 1.5 %",
    "clean, long (eight texts in one)": "at most 1 %",
    "spam, with genuine text around it": "at least 88 %",
    "spam, link, disguise and genuine text": "at least 92 %",
}


def render(report: Report) -> str:
    """Return the report in lines of at most 110 characters."""
    lines = [
        f"{report.texts} texts, {report.spam} of them spam; weights {report.digest[:12]}",
        "",
        "Recall where so many legitimate texts are held      recall (95 % interval)              target",
    ]
    lines += _levels("all texts", report.levels, TARGETS["all"])
    lines += _levels("civic text, advertising spam", report.civic_levels, TARGETS["civic"])
    lines += [
        "",
        f"At the model's own threshold ({report.threshold:.3f})",
        f"  recall           {report.recall}",
        f"  false positives  {report.false_positives}   target about 0.5 %",
        f"  held             {report.held}",
        f"  expected calibration error {report.calibration:.4f}   target at most 0.03",
        "",
        f"{'source':30} {'spam held':38} legitimate held",
    ]
    lines += [f"{s.name[:30] or '(not given)':30} {s.recall!s:38} {s.false_positives}" for s in report.sources]
    if report.stresses:
        lines += ["", f"{'changed texts':42} {'held':36} target"]
        lines += [_stress(s) for s in report.stresses]
    lines += [
        "",
        f"one text on one core: p50 {report.median_ms:.2f} ms (target 2), p95 {report.slow_ms:.2f} ms (target 4)",
        f"weights: {report.weights_bytes / 1e6:.2f} MB (at most 1)",
    ]
    return "\n".join(lines) + "\n"


def _levels(name: str, shares: Sequence[Share], targets: Sequence[float | None]) -> list[str]:
    rows = zip(LEVELS, shares, targets, strict=True)
    return [
        f"  {name:30} {level * 100:4.1f} %  {value!s:38} {f'{t * 100:.1f} %' if t else ''}" for level, value, t in rows
    ]


def _stress(stress: Stress) -> str:
    target = STRESS_TARGETS.get(
        stress.name, "lose at most 2 points" if stress.spam and stress.name != "spam, unchanged" else ""
    )
    less = f" ({stress.less * -100:+.1f})" if stress.spam and stress.name != "spam, unchanged" else ""
    return f"{stress.name:42} {str(stress.held) + less:36} {target}"
