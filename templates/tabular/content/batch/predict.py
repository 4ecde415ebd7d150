"""Scores a table with a version: `python batch/predict.py MODEL_FOLDER TABLE OUT.parquet{% if values.history %} [HISTORY]{% endif %}`.

The answers stand beside the inputs{% if values.task != "regression" %} as `prediction` and `probability`{% else %} as `prediction`{% endif %}.
{%- if values.history %}
HISTORY is a table with known outcomes: the history of the rows is computed from it and missing without it.
{%- endif %}
"""
import sys
from pathlib import Path
{%- if values.task == "multiclass" %}

import numpy as np
{%- endif %}

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from features import features  # noqa: E402
from plumbing import data  # noqa: E402
from plumbing.model_file import open_model  # noqa: E402
from plumbing.problem import load  # noqa: E402


def main(folder: str, table: str, out: str{% if values.history %}, history: str = ""{% endif %}) -> None:
    problem, model = load(), open_model(folder)
    rows = data.read(table, problem, known=False)
{%- if values.history %}
    known = data.read(history, problem) if history else data.without_rows(problem)
    scores = model.scores(features(rows, known))
{%- else %}
    scores = model.scores(features(rows, rows))
{%- endif %}
{%- if values.task == "binary" %}
    answers = rows.assign(prediction=(scores > 0.5).astype(int), probability=scores)
{%- elif values.task == "multiclass" %}
    best = scores.argmax(axis=1)
    names = np.array(model.classes, dtype=object)[best]
    answers = rows.assign(prediction=names, probability=scores.max(axis=1))
{%- else %}
    answers = rows.assign(prediction=scores)
{%- endif %}
    answers.to_parquet(out, index=False)
    print(f"{len(answers)} rows -> {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
