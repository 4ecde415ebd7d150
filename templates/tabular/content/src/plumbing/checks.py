"""Stops a run on data that cannot be trusted, before time is spent on training."""

import pandas as pd

from plumbing.data import OUTCOME, DataProblem
from plumbing.problem import Problem
from plumbing.split import PART


def checks(table: pd.DataFrame, problem: Problem) -> list:
    """Assertions as OpenLineage wants them: assertion, success, actual, expected and, for some, column."""
    limits, rows = problem.validation, table[PART].value_counts()
    found = [
        _at_least(f"enough {part} rows", int(rows.get(part, 0)), limits["min_rows"] // share)
        for part, share in (("train", 1), ("test", 10))
    ]
    for part in ("train", "test"):
        different = table.loc[table[PART] == part, OUTCOME].nunique()
        found.append(
            {
                **_at_least(f"the target varies in the {part} rows", different, 2),
                "column": problem.target["column"],
            }
        )
    for column in problem.columns:
        limit = limits["max_missing"].get(column, limits["max_missing"]["default"])
        values = table[column]
        missing = values.isna() | values.eq("") if problem.kinds[column] == "text" else values.isna()
        share = float(missing.mean()) if len(table) else 1.0
        found.append(
            {
                "assertion": "missing or not readable",
                "column": column,
                "success": share <= limit,
                "actual": f"{share:.4f}",
                "expected": f"at most {limit}",
            }
        )
    return found


def _at_least(text: str, actual: int, wanted: int) -> dict:
    facts = {"actual": str(actual), "expected": f"at least {wanted}"}
    return {"assertion": text, "success": actual >= wanted, **facts}


def require(found: list) -> None:
    """DataProblem that names every check that failed."""
    failed = []
    for check in found:
        if not check["success"]:
            where = f" in {check['column']}" if "column" in check else ""
            failed.append(f"{check['assertion']}{where}: {check['actual']}, wanted {check['expected']}")
    if failed:
        raise DataProblem("the data does not pass: " + "; ".join(failed))
