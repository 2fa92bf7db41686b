"""Our own scripts can be read by a browser: one that cannot says so on every page, and does nothing."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

STATISCH = Path(__file__).resolve().parent.parent / "lms" / "static"
NODE = shutil.which("node")


@pytest.mark.parametrize("script", sorted(STATISCH.glob("*.js")), ids=lambda pad: pad.name)
def test_een_script_is_te_lezen(script):
    """Twice the same name on the top level of a script, and nothing of it runs. Where node is, it reads the whole."""
    namen = re.findall(r"^  (?:const|let) (\w+)", script.read_text(), re.MULTILINE)
    assert len(namen) == len(set(namen))
    if NODE:
        assert subprocess.run([NODE, "--check", script], capture_output=True, check=False).returncode == 0  # noqa: S603
