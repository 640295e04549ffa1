"""Runs the app's pure modules outside a browser, as they are."""

import json
import subprocess

from expo.scripts import npm_command
from expo.settings import ROOT


def run(code: str, *values: object) -> object:
    """What `code` (a module; `given` holds the values) assigns to `answer`."""
    wrapped = f"const given = {json.dumps(values)}; let answer;\n{code}\nconsole.log(JSON.stringify(answer));"
    node = [npm_command()[0], "--input-type=module", "--no-warnings", "-e", wrapped]
    done = subprocess.run(node, cwd=ROOT / "static", capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
