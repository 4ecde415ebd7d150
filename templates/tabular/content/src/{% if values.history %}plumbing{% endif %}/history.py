"""History{% if values.entity | length %} per entity{% endif %}, point in time: a row sees only a bucket that was over before the row's own began."""

import pandas as pd


def recent(
    rows: pd.DataFrame, history: pd.DataFrame, by: list, time: str, value: str, bucket: str, lag: int
) -> pd.DataFrame:
    """Mean and count of `value` in the bucket `lag` buckets before each row's own{% if values.entity | length %}, per entity{% endif %}.

    `mean` is NaN and `count` 0 where that bucket is empty. ValueError for a lag under 1.
    """
    if lag < 1:
        raise ValueError(f"lag is {lag}, wanted at least 1: an open bucket would show the future")
    known = history[[*by, time]].assign(
        value=pd.to_numeric(history[value], errors="coerce").astype("float64"),
        bucket=history[time].dt.floor(bucket) + lag * pd.Timedelta(bucket),
    )
    keys = [*by, "bucket"]
    past = known.groupby(keys, sort=False)["value"].agg(["mean", "count"]).reset_index()
    wanted = rows[by].assign(bucket=rows[time].dt.floor(bucket))
    found = wanted.merge(past, on=keys, how="left").set_axis(rows.index)
    return pd.DataFrame({"mean": found["mean"], "count": found["count"].fillna(0).astype("float64")})
