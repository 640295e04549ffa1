"""The pictures of the README, taken from a running house: `python docs/screenshots.py [http://localhost:8000]`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = {
    "home": ("/qingdao-2023/?lang=en", 1280, 1400),
    "plan": ("/qingdao-2023/plan?hall=H2&lang=en", 1280, 1100),
    "programme-urdu": ("/qingdao-2023/programme?lang=ur", 1280, 1000),
}
"""name → (address, width, height in px)"""


def main(site: str) -> None:
    """Take every picture into docs/images."""
    folder = Path(__file__).parent / "images"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (address, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(site + address, wait_until="networkidle")
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
