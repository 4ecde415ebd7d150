"""Labels out of the data: what became of rows that the endpoint was asked about, once a table holds them."""

import os
import uuid
from urllib.parse import quote, urlencode

import pandas as pd

from plumbing import portal
from plumbing.data import OUTCOME, learnable
from plumbing.problem import Problem

PAGE, MOST, LABELS = 10_000, 200_000, 5_000
PATIENCE = 10  # seconds that a run may lose to a portal that does not answer


def keys(rows: pd.DataFrame, problem: Problem) -> pd.Series:
    """16 hex digits for each row, made of all its inputs: the same wherever the row is read."""
    dates = dict.fromkeys([c for c, kind in problem.kinds.items() if kind == "date"], "datetime64[us]")
    inputs = rows[list(problem.kinds)].astype(dates)
    return pd.util.hash_pandas_object(inputs, index=False).map("{:016x}".format)


def request_id(rows: pd.DataFrame, problem: Problem) -> str:
    """Id of a request about one row: its key, and what tells it from other requests about the same row."""
    return f"{keys(rows, problem).iloc[0]}-{uuid.uuid4().hex[:8]}"


def tell(table: pd.DataFrame, problem: Problem) -> int:
    """Sends the outcomes of rows that the endpoint was asked about and no label came for; gives how many.

    Rows that look alike and ended differently say nothing. What fails is printed and left to the next run.
    """
    if not os.environ.get("PORTAL_URL"):
        return 0
    path = f"/labels/{quote(problem.name)}"
    try:
        labels = _known(_waiting(path), table, problem)
        for start in range(0, len(labels), LABELS):
            portal.call("POST", path, {"labels": labels[start : start + LABELS]}, PATIENCE)
    except (portal.Refused, OSError) as error:
        print(f"no labels for predictions from this data, the next run tries again: {error}")
        return 0
    if labels:
        print(f"{len(labels)} predictions got their labels from this data")
    return len(labels)


def _waiting(path: str) -> list:
    """Ids of predictions without a label, newest days first, at most MOST."""
    ids, after = [], None
    while len(ids) < MOST:
        query = urlencode({"limit": PAGE, **({"after": after} if after else {})})
        page = portal.call("GET", f"{path}?{query}", absence=PATIENCE)
        ids, after = ids + page["ids"], page["next"]
        if not after:
            break
    return ids


def _known(ids: list, table: pd.DataFrame, problem: Problem) -> list:
    asked = pd.DataFrame({"id": pd.Series(ids, dtype="str")})
    asked["key"] = asked["id"].str.extract(r"^([0-9a-f]{16})-[0-9a-f]{8}/0$", expand=False)
    asked = asked.dropna()
    if asked.empty:
        return []
    rows = pd.DataFrame({"key": keys(table, problem), "label": table[OUTCOME]}).drop_duplicates()
    rows = rows[~rows["key"].duplicated(keep=False)]
    found = asked.merge(rows, on="key")
    labels = learnable(found["label"]).tolist()
    return [{"id": one, "label": label} for one, label in zip(found["id"], labels, strict=True)]
