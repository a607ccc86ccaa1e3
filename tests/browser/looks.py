"""What every page is asked in a real browser, at a phone's width and a desk's: axe's rules, and that it fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PageOf = Callable[..., Page]
Shot = Callable[[Page, str], None]
Look = Callable[[Page, str], list[Any]]
PHONE, DESKTOP = 390, 1280

# Contrast takes nine tenths of axe's time on a long list, whose rows look alike: of elements whose colours, and those
# of all that they stand in, are the same, the first is asked. Every other rule is asked of everything; so is contrast
# where little looks alike, since a second round costs more than it saves.
ASK = """async () => {
  const speaks = (one) => one.checkVisibility() && (one.matches("input, select, textarea")
    || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  const look = (one) => {
    if (!one) return "";
    const {color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight, position} = getComputedStyle(one);
    return [one.tagName, one.className, one.disabled, color, backgroundColor, backgroundImage, opacity, fontSize,
      fontWeight, position, look(one.parentElement)].join();
  };
  const spoken = [...document.body.querySelectorAll("*")].filter(speaks);
  const looks = new Map(spoken.reverse().map((one) => [look(one), one]));
  const only = {resultTypes: ["violations"]};
  const rounds = spoken.length < 2 * looks.size ? [await axe.run(only)] : [
    await axe.run({...only, rules: {"color-contrast": {enabled: false}}}),
    await axe.run({include: [...looks.values()]}, {...only, runOnly: ["color-contrast"]}),
  ];
  return rounds.flatMap((one) => one.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html)]));
}"""
SCRIPT = f"{Axe().axe_script};0"  # so that the browser does not send back all that axe is


def faults(page: Page) -> list[Any]:
    """What axe finds: the rule and the elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    return list(page.evaluate(ASK))


def looked_at(page: Page, shot: Shot, name: str) -> list[Any]:
    """What is wrong with it at either width. It is loaded once, and left as wide as it was."""
    width, found = (page.viewport_size or {})["width"], []
    for wide in (PHONE, DESKTOP):
        widen(page, wide)
        shot(page, f"{name}-{wide}")
        found += [(name, wide, fault) for fault in faults(page)]
        found += [] if fits(page) else [(name, wide, "does not fit the screen")]
    widen(page, width)
    return found


def widen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
