"""Rows -> the request that the endpoint takes (Open Inference Protocol v2), with the features of training."""
import json
import os
import time
import urllib.error
import urllib.request

import numpy as np
import pandas as pd

from features import NUMBERS, TEXTS, features
from plumbing.model_file import model_input
from plumbing.problem import load

ENDPOINT = os.environ.get("ENDPOINT_URL") or f"http://127.0.0.1:7010/v2/models/{load().name}/infer"
TIMEOUT = 15


class NoAnswer(RuntimeError):
    """The endpoint refused the request, or did not answer."""


def tensors(rows: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """The model's inputs of typed rows."""
    return model_input(features(rows, history), NUMBERS, TEXTS)


def request(inputs: pd.DataFrame, **more) -> dict:
    """The body of a request: one tensor per feature, null for a missing number. `more`: id, parameters."""
    size = [len(inputs), 1]
    named = []
    for name in NUMBERS:
        values = inputs[name].to_numpy(np.float64)
        data = np.where(np.isnan(values), None, values).tolist()
        named.append({"name": name, "datatype": "FP32", "shape": size, "data": data})
    for name in TEXTS:
        named.append({"name": name, "datatype": "BYTES", "shape": size, "data": inputs[name].tolist()})
    return {**more, "inputs": named}


def post(url: str, body: dict, token: str = "", patience: float = 0.0) -> dict:
    """The answer as an object; NoAnswer with the reason. `patience`: seconds to ask a busy receiver again."""
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
    content, deadline = json.dumps(body).encode(), time.monotonic() + patience
    while True:
        try:
            call = urllib.request.Request(url, content, headers)
            with urllib.request.urlopen(call, timeout=TIMEOUT) as answer:
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            reason = f"{url} gave {error.code}: {error.read().decode(errors='replace')[:500]}"
            if error.code not in (429, 502, 503, 504) or time.monotonic() > deadline:
                raise NoAnswer(reason) from error
        except (OSError, ValueError) as error:
            if time.monotonic() > deadline:
                raise NoAnswer(f"{url} does not answer: {error}") from error
        time.sleep(0.5)
{%- if values.history %}


class Recent:
    """Rows with known outcomes, oldest first: the history of new rows, until a feature store keeps it."""

    def __init__(self, rows: pd.DataFrame):
        self.rows = rows.sort_values(load().time, kind="stable", ignore_index=True)
        self.span = load().span("history")

    def around(self, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
        """All that can matter to rows between two moments."""
        if pd.isna(first):
            return self.rows.iloc[:0]
        times = self.rows[load().time]
        return self.rows.iloc[times.searchsorted(first - self.span) : times.searchsorted(last, side="right")]
{%- endif %}
