"""The look keeps its promises: contrast, hues told apart, mirroring, size, and no inline script or style."""

import itertools
import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CSS = (ROOT / "static" / "expo.css").read_text(encoding="utf-8")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAIR = re.compile(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
TOKENS = {name: {"light": light, "dark": dark} for name, light, dark in PAIR.findall(CSS)}
THEMES = ("light", "dark")
HUES = range(1, 9)

GROUNDS = ("paper", "card", "sunk")
TEXT = [(ink, ground) for ink in ("ink", "quiet", "brand", "bad") for ground in GROUNDS]
TEXT += [("brand-ink", "brand"), ("accent-ink", "accent"), ("bar-ink", "bar"), ("portal-ink", "portal")]
TEXT += [("ink", "brand-soft"), ("brand", "brand-soft"), ("quiet", "brand-soft"), ("paper", "ink")]
TEXT += [(tone, f"{tone}-soft") for tone in ("good", "wait", "bad", "info")]
TEXT += [("ink", f"{tone}-soft") for tone in ("good", "wait", "bad", "info")]
TEXT += [(f"hue-{n}-ink", f"hue-{n}") for n in HUES] + [("ink", f"hue-{n}-soft") for n in HUES]
SHAPES = [("edge", "paper"), ("edge", "card"), ("focus", "paper"), ("focus", "card"), ("brand", "paper")]

# What colour blindness does to linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def linear(colour: str) -> list[float]:
    """The three linear-light parts (0 to 1) of '#rrggbb'."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2, 0 (black) to 1 (white)."""
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of linear RGB."""
    r, g, b = (min(1.0, max(0.0, part)) for part in rgb)
    white = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    x, y, z = ((kr * r + kg * g + kb * b) / top for kr, kg, kb, top in white)
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    """How `colour` looks to a person with `sight`."""
    rgb = linear(colour)
    return lab([sum(k * c for k, c in zip(row, rgb, strict=True)) for row in SIGHT[sight]])


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_its_ground(theme: str) -> None:
    faint = [(a, b) for a, b in TEXT if contrast(TOKENS[a][theme], TOKENS[b][theme]) < 4.5]
    assert faint == []


@pytest.mark.parametrize("theme", THEMES)
def test_main_text_reaches_the_highest_contrast(theme: str) -> None:
    faint = [ground for ground in GROUNDS if contrast(TOKENS["ink"][theme], TOKENS[ground][theme]) < 7]
    assert faint == []


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_focus_can_be_seen(theme: str) -> None:
    faint = [(a, b) for a, b in SHAPES if contrast(TOKENS[a][theme], TOKENS[b][theme]) < 3]
    assert faint == []


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_no_two_hues_look_alike_to_anybody(theme: str, sight: str) -> None:
    looks = {n: seen(TOKENS[f"hue-{n}"][theme], sight) for n in HUES}
    alike = [pair for pair in itertools.combinations(HUES, 2) if math.dist(*(looks[n] for n in pair)) < 20]
    assert alike == []


def test_print_has_the_hues_of_the_screen() -> None:
    paper = (ROOT / "static" / "print.css").read_text(encoding="utf-8")
    printed = re.findall(r"\.hue-(\d) \{ --hue: (#\w+); --hue-ink: (#\w+); --soft: (#\w+); \}", paper)
    names = ("hue-{}", "hue-{}-ink", "hue-{}-soft")
    assert printed == [(str(n), *(TOKENS[name.format(n)]["light"] for name in names)) for n in HUES]


def test_every_colour_that_is_used_has_a_token() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)", CSS))
    defined = set(re.findall(r"--([a-z0-9-]+):", CSS))
    assert used - defined == set()


def test_the_page_mirrors_by_itself() -> None:
    physical = r"(?<![\w-])(?:(?:margin|padding|border)-)?(?:left|right)\s*:"
    sided = r"(?:float|clear|text-align):\s*(?:left|right)"
    assert re.findall(f"{physical}|{sided}", CSS) == []


def test_the_stylesheet_stays_small() -> None:
    assert len(CSS.encode()) <= 40 * 1024


def test_motion_stops_for_those_who_ask() -> None:
    assert "prefers-reduced-motion: reduce" in CSS
    durations = [float(value) for value in re.findall(r"transition:[^;]*?(\.?\d+)s", CSS)]
    assert [value for value in durations if value > 0.15] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_has_no_inline_script_or_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    found = re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert found + [tag for tag in scripts if not re.search(r'type="module" src=', tag)] == []


@pytest.mark.parametrize("module", sorted((ROOT / "static").glob("*.js")), ids=lambda path: path.name)
def test_a_script_never_writes_markup(module: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\("
    assert re.findall(forbidden, module.read_text(encoding="utf-8")) == []
