"""Make the pictures of the brief that the README shows: light, dark, on a phone, on paper.

    .venv/bin/python docs/pictures.py [FOLDER]

They are taken of the bundled example in Debian's Chromium, in fixed sizes, and kept small by a palette.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import twosource
from twosource.brief import to_html

ROOT = Path(__file__).parent.parent
EXAMPLE = "examples/derailment/reports"
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--font-render-hinting=none",
]
COLOURS = 160
LARGEST = 300_000  # bytes of one picture


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the window it is taken in, and from which element on."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    scale: float = 1
    top: str = "body"


SHOTS = (
    Shot("brief", 1200, 1120),
    Shot("brief-dark", 1200, 900, scheme="dark", top="section[id$=-claims]"),
    Shot("brief-phone", 390, 844, scale=1.5),
    Shot("brief-print", 794, 1123, media="print"),
)
PAPER = "body{padding:18mm 17mm}"  # a window has no margins where a sheet has


def take(browser: Browser, page_file: Path, shot: Shot) -> Image.Image:
    """The picture as it is seen."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        device_scale_factor=shot.scale,
        bypass_csp=shot.media == "print",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.emulate_media(media=shot.media, color_scheme=shot.scheme)
    if shot.media == "print":
        page.add_style_tag(content=PAPER)
    page.locator(shot.top).first.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY)")
    png = page.screenshot()
    context.close()
    return Image.open(io.BytesIO(png)).convert("RGB")


def small(image: Image.Image) -> bytes:
    """The picture as PNG with a palette."""
    out = io.BytesIO()
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def main(folder: Path) -> int:
    """Write every picture into the folder; 1 where there is no browser or a picture is too large."""
    path = next((b for b in BROWSERS if Path(b).exists()), None)
    if path is None:
        print("No Chromium here: apt-get install chromium", file=sys.stderr)
        return 1
    html = to_html(twosource.brief([str(ROOT / EXAMPLE)]))
    too_large = 0
    with tempfile.TemporaryDirectory() as work, sync_playwright() as p:
        page_file = Path(work) / "brief.html"
        page_file.write_text(html, encoding="utf-8")
        browser: Any = p.chromium.launch(executable_path=path, args=ARGS)
        for shot in SHOTS:
            made = small(take(browser, page_file, shot))
            too_large += len(made) > LARGEST
            (folder / f"{shot.name}.png").write_bytes(made)
            print(f"{folder / shot.name}.png: {len(made):,} bytes")
        browser.close()
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"))
