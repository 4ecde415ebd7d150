import pandas as pd

from features import NUMBERS, TEXTS, features
{%- if values.time %}
from plumbing.problem import load
{%- endif %}


def test_every_declared_feature_is_made_in_the_order_of_the_rows(frame):
    made = features(frame, frame)
    assert list(made) == [*NUMBERS, *TEXTS]
    assert made.index.equals(frame.index)
{%- if values.time %}


def test_changing_the_future_changes_nothing(frame):
    time, now = load().time, len(frame) // 2
    changed = frame.copy()
    later = changed[time] >= frame[time].iloc[now]
    for column in [c for c in changed if c != time]:
        changed.loc[later, column] = changed.loc[later, column].sample(frac=1, random_state=1).to_numpy()
    rows = frame.iloc[[now]]
    made = features(rows, frame)
    pd.testing.assert_frame_equal(features(rows, changed), made)
    pd.testing.assert_frame_equal(features(rows, frame[~later]), made)
{%- endif %}
{%- if values.history %}


def test_changing_the_past_changes_the_history(frame):
    past = frame.copy()
    past[${{ values.history.value | dump }}] = frame[${{ values.history.value | dump }}].astype(float) + 1
    assert not features(frame, past).equals(features(frame, frame))
    assert features(frame, frame.head(0))[${{ values.history.mean | dump }}].isna().all()
{%- endif %}


def test_serving_row_by_row_equals_training(frame):
    whole = features(frame, frame)
    for position in range(0, len(frame), 37):
        row = frame.iloc[[position]]
{%- if values.time %}
        known = frame[frame[load().time] < row[load().time].iloc[0]]
{%- else %}
        known = frame.head(0)
{%- endif %}
        pd.testing.assert_frame_equal(features(row, known), whole.iloc[[position]])
