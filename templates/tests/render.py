"""Renders the tabular template: `python render.py VALUES.json OUT`.

The portal renders it with Backstage's engine. Both must give the same text (test_render.py compares them), so
the template uses only what both understand.
"""

import json
import shutil
import sys
from pathlib import Path

from jinja2 import Environment, StrictUndefined

TEMPLATE = Path(__file__).resolve().parents[1] / "tabular"


class Entries(dict):
    """An object as the portal's engine loops over it: key and value at once."""

    def __iter__(self):
        return iter(self.items())


def environment() -> Environment:
    """Jinja2 with the scaffolder's delimiters and its filter `dump` (JSON)."""
    env = Environment(
        variable_start_string="${{",
        variable_end_string="}}",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    env.filters["dump"] = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return env


def texts(values: dict) -> dict:
    """Path -> content of every file of the repository; a path that renders with an empty part is left out."""
    env, found = environment(), {}
    context = {"values": _entries(values)}
    for path in sorted((TEMPLATE / "content").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = env.from_string(path.relative_to(TEMPLATE / "content").as_posix()).render(context)
            if name and not name.startswith("/") and "//" not in name:
                found[name] = env.from_string(path.read_text(encoding="utf-8")).render(context)
    return found


def _entries(value):
    if isinstance(value, dict):
        return Entries({key: _entries(inner) for key, inner in value.items()})
    return [_entries(inner) for inner in value] if isinstance(value, list) else value


def render(values: dict, out: Path) -> Path:
    """Writes the repository below `out`, which is emptied first."""
    shutil.rmtree(out, ignore_errors=True)
    for name, text in texts(values).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    return out


if __name__ == "__main__":
    render(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
