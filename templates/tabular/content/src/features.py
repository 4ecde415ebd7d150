"""What the model sees. Training, evaluation, batch prediction, the application and any replay call this one function."""
import pandas as pd
{%- if values.history %}

from plumbing.history import recent
{%- endif %}

NUMBERS = [
{%- for column in values.numbers %}
    ${{ column | dump }},
{%- endfor %}
]
TEXTS = [
{%- for column in values.texts %}
    ${{ column | dump }},
{%- endfor %}
]


def features(rows: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """One row of features per row, in the same order.

    `history` holds rows whose outcome is known; only what happened before a row may matter to it.
    """
    out = rows[[c for c in [*NUMBERS, *TEXTS] if c in rows]].copy()
{%- if values.time %}
{%- if (values.calendar | length) or (values.from_dates | length) %}
    when = rows[${{ values.time | dump }}]
{%- endif %}
{%- for name, code in values.calendar %}
    out[${{ name | dump }}] = ${{ code }}
{%- endfor %}
{%- endif %}
{%- for name, code in values.from_dates %}
    out[${{ name | dump }}] = ${{ code }}
{%- endfor %}
{%- if values.history %}
    past = recent(
        rows,
        history,
        by=[{% for column in values.entity %}${{ column | dump }}{% if not loop.last %}, {% endif %}{% endfor %}],
        time=${{ values.time | dump }},
        value=${{ values.history.value | dump }},
        bucket="${{ values.history.bucket }}",
        lag=${{ values.history.lag }},
    )
    out[${{ values.history.mean | dump }}] = past["mean"]
    out[${{ values.history.count | dump }}] = past["count"]
{%- endif %}
    return out[[*NUMBERS, *TEXTS]]
