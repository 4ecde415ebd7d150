"""problem.yaml as an object. The file says what is wanted, environment variables say where things are."""
import os
from dataclasses import dataclass
{%- if values.time %}
from datetime import timedelta
{%- endif %}
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Problem:
    """The fields of problem.yaml under their own names."""

    name: str
    title: str
    task: str
    data: dict
    target: dict
    columns: dict
    windows: dict
    validation: dict
    training: dict
    metric: dict
    risk: str
    serving: dict
    monitoring: dict
    retraining: dict
{%- if values.time %}
    time: str
{%- endif %}
{%- if values.entity | length %}
    entity: list
{%- endif %}

    @property
    def uri(self) -> str:
        """Where the source table is; a relative path is meant from the root of the repository."""
        uri = os.environ.get("DATA_URI") or self.data["uri"]
        return uri if "://" in uri else str(ROOT / uri)

    @property
    def written(self) -> dict:
        """Columns whose numbers or times are not written plainly -> how they are."""
        return self.data.get("written") or {}

    @property
    def kinds(self) -> dict:
        """Every column that is read apart from the target, with its type."""
        return {
{%- if values.time %}
            self.time: "date",
{%- endif %}
{%- if values.entity | length %}
            **dict.fromkeys(self.entity, "text"),
{%- endif %}
            **self.columns,
        }
{%- if values.time %}

    def span(self, window: str) -> timedelta:
        """Length of `history`, `train` or `test`: a number of days (59d) or hours (12h)."""
        length = self.windows[window]
        return timedelta(**{"days" if length[-1] == "d" else "hours": float(length[:-1])})

    def until(self, asked: str) -> str:
        """End of the test window: the run's parameter, else PIPELINE_UNTIL, else problem.yaml.

        "" is the end of the data.
        """
        return asked or os.environ.get("PIPELINE_UNTIL") or self.windows.get("until") or ""
{%- endif %}


@cache
def load() -> Problem:
    """TypeError where a field is missing or unknown."""
    return Problem(**yaml.safe_load((ROOT / "problem.yaml").read_text(encoding="utf-8")))
