"""Reads a table: only the columns that are needed, each with the type that problem.yaml declares."""
import hashlib
import io
import re
import urllib.request

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq

from plumbing import csv_file, written
from plumbing.problem import Problem

OUTCOME = "__outcome"
SECONDS = 60
{%- if values.task != "regression" %}
NOTHING = ["", "na", "n/a", "#n/a", "<na>", "nan", "null", "?"]  # where the target is not known
{%- endif %}


class DataProblem(ValueError):
    """The data cannot be used; the message is for the person who owns it."""


def open_source(uri: str):
    """A binary file from a local path, http(s), or any store that pyarrow knows (s3://, gs://, file://)."""
    try:
        if re.match("https?://", uri):
            with urllib.request.urlopen(uri, timeout=SECONDS) as answer:
                return io.BytesIO(answer.read())
        if "://" in uri:
            store, path = pa.fs.FileSystem.from_uri(uri)
            return store.open_input_file(path)
        return open(uri, "rb")
    except OSError as error:
        raise DataProblem(f"the data source {uri} cannot be read: {error}") from error


def sha256(uri) -> str:
    """Digest of a source or a file in lower-case hex."""
    digest = hashlib.sha256()
    with open_source(str(uri)) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def read(uri: str, problem: Problem, known: bool = True{% if values.time %}, start=None, end=None{% endif %}) -> pd.DataFrame:
    """The inputs of a table with their types and, where the outcome is `known`, the target and OUTCOME.

    DataProblem where the source or a column is missing.{% if values.time %} `start` and `end` spare work, not all formats filter.{% endif %}
    """
    kinds, target = problem.kinds, problem.target["column"]
    wanted = list(dict.fromkeys([*kinds, *([target] if known else [])]))
    with open_source(uri) as file:
        if uri.partition("?")[0].endswith(".parquet"):
            raw = _parquet(file, uri, wanted, kinds{% if values.time %}, problem.time, start, end{% endif %})
        else:
            texts = [c for c in wanted if kinds.get(c) in ("text", "date") or c in problem.written]
            try:
                names, table = csv_file.opened(file, problem.data.get("encoding"))
                _require(wanted, names, uri)
                raw = table(wanted, texts)
            except UnicodeError as error:
                raise DataProblem(f"{uri} cannot be read: {error}; {csv_file.ADVICE}") from error
    for column in [c for c in wanted if c in problem.written]:
        raw[column] = _as_written(column, raw[column], problem.written[column])
    for column in [c for c in wanted if kinds.get(c) == "date"]:
        _require_readable_dates(column, raw[column])
    table = pd.DataFrame({c: CASTS[kinds[c]](raw[c]) if c in kinds else raw[c] for c in wanted})
    return table.assign(**{OUTCOME: outcome(table[target], problem)}) if known else table


def _require(wanted: list, found: list, uri: str) -> None:
    if missing := [c for c in wanted if c not in found]:
        names = ", ".join(map(str, found))
        raise DataProblem(f"columns missing in {uri}: {', '.join(missing)}; it has: {names}")


def _parquet(file, uri, wanted, kinds{% if values.time %}, time, start, end{% endif %}) -> dict:
    schema = pq.read_schema(file)
    _require(wanted, schema.names, uri)
    bounds = None
{%- if values.time %}
    if pa.types.is_timestamp(schema.field(time).type) and schema.field(time).type.tz is None:
        edges = [(">=", start), ("<", end)]
        bounds = [(time, sign, pd.Timestamp(edge)) for sign, edge in edges if edge is not None] or None
{%- endif %}
    file.seek(0)
    table, raw = pq.read_table(file, columns=wanted, filters=bounds), {}
    while table.num_columns:  # one column at a time, so that a wide table is not held twice
        name, column = table.column_names[0], table.column(0)
        if pa.types.is_decimal(column.type):
            column = column.cast(pa.float64())
        elif kinds.get(name) == "text" and not pa.types.is_floating(column.type):
            column = column.cast(pa.string())
        raw[name] = column.to_pandas(date_as_object=False)
        table = table.remove_column(0)
    return raw


def _require_readable_dates(column: str, values: pd.Series) -> None:
    """DataProblem for dates like 05/01/2024, whose day and month cannot be told apart without being told."""
    if pd.api.types.is_datetime64_any_dtype(values) or pd.api.types.is_numeric_dtype(values):
        return
    words = pd.Series(values.dropna().unique()).astype("str")
    odd = words[words.str.match(r"^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d")]
    if len(odd):
        raise DataProblem(
            f"{column} holds dates such as {odd.iloc[0]}, whose day and month cannot be told apart; "
            "write them as 2024-01-31, or say in problem.yaml how they are written: "
            f'data: {{written: {{"{column}": "%d/%m/%Y"}}}}'
        )


def _as_written(column: str, values: pd.Series, how: str) -> pd.Series:
    """The values as problem.yaml says that they are written; DataProblem where one with a digit is not."""
    words = as_text(values)
    made = written.plain(values, words, how)
    odd = words[made.isna() & words.str.contains(r"\d")]
    if len(odd):
        raise DataProblem(
            f"{column}: {odd.iloc[0]!r} is not written as {how!r} like the values that the problem was made "
            f"with ({len(odd)} of {len(words)}); correct them, or change data.written in problem.yaml"
        )
    return made


def as_time(values: pd.Series) -> pd.Series:
    """UTC without a zone; what is no time is missing. Whole numbers count by their digits: 2001, 20010315."""
    if not pd.api.types.is_datetime64_any_dtype(values):
        words = as_text(values)
        times = pd.to_datetime(words, errors="coerce", format="ISO8601", utc=True)
        if (times.isna() & words.ne("")).any():
            times = pd.to_datetime(words, errors="coerce", format="mixed", utc=True)
        values = times
    return values.dt.tz_convert(None) if values.dt.tz is not None else values


def as_number(values: pd.Series) -> pd.Series:
    """float32, as the model computes; what is no finite number is missing."""
    numbers = pd.to_numeric(values, errors="coerce").astype(np.float32)
    return numbers.replace([np.inf, -np.inf], np.nan)


def as_text(values: pd.Series) -> pd.Series:
    """Text with one token, "", for whatever is missing. A whole number is written without a point."""
    if pd.api.types.is_bool_dtype(values):
        values = values.map({True: "true", False: "false"})
    elif pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return values.astype("str").where(values.notna(), "")  # pandas before 3 writes "None" for what is missing


def as_flag(values: pd.Series) -> pd.Series:
    """1 and 0; what is neither is missing."""
    words = as_text(values).str.lower()
    yes = words.isin(["true", "yes", "t", "y", "1", "1.0"])
    no = words.isin(["false", "no", "f", "n", "0", "0.0"])
    return pd.Series(np.select([yes, no], [1.0, 0.0], np.nan).astype(np.float32), values.index)


CASTS = {"number": as_number, "text": as_text, "date": as_time, "flag": as_flag}


def typed(rows: list, problem: Problem) -> pd.DataFrame:
    """Rows as a user gives them (column -> text, number or None) with the declared types.

    A time may be written plainly or as problem.yaml says that it is in the table.
    """
    table = pd.DataFrame(rows, columns=list(problem.kinds), dtype=object)
    made = {c: CASTS[kind](table[c]) for c, kind in problem.kinds.items()}
    for column in [c for c, how in problem.written.items() if c in made and written.is_time(how)]:
        words = table[column].astype("str").where(table[column].notna(), "")
        there = as_time(written.plain(words, words, problem.written[column]))
        made[column] = there.where(there.notna(), made[column])
    return pd.DataFrame(made)

{%- if values.history %}


def without_rows(problem: Problem) -> pd.DataFrame:
    """A table with known outcomes and no row."""
    nothing = pd.Series(dtype="float64")
    table = typed([], problem)
    table[problem.target["column"]] = table[OUTCOME] = nothing
    return table
{%- endif %}


{% if values.task == "binary" -%}
def outcome(values: pd.Series, problem: Problem) -> pd.Series:
    """1 where the rule of problem.yaml holds, 0 where it does not, missing where the target is."""
    sign, wanted = re.fullmatch(r"(>=|<=|==|>|<)\s*(.+)", problem.target["positive"]).groups()
    number = pd.to_numeric(values, errors="coerce")
    if sign == "==" and not (_is_number(wanted) and _all_numbers(values, number)):
        words, wanted = _named(values), wanted.strip("'\"")
        if wanted.lower() in ("true", "false"):
            words, wanted = words.str.lower(), wanted.lower()
        return words.eq(wanted).astype("float64").where(words.notna())
    compare = {">": number.gt, "<": number.lt, ">=": number.ge, "<=": number.le, "==": number.eq}[sign]
    return compare(float(wanted)).astype("float64").where(number.notna())


def _all_numbers(values: pd.Series, number: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) or _named(values[number.isna()]).isna().all()


def _is_number(word: str) -> bool:
    try:
        return float(word) is not None
    except ValueError:
        return False


def learnable(values: pd.Series) -> pd.Series:
    """The outcome as the estimator wants it."""
    return values.astype("int64")
{%- elif values.task == "multiclass" -%}
def outcome(values: pd.Series, problem: Problem) -> pd.Series:
    """The name of the class, missing where the target is."""
    return _named(values)


def learnable(values: pd.Series) -> pd.Series:
    """The outcome as the estimator wants it."""
    return values.astype(object)
{%- else -%}
def outcome(values: pd.Series, problem: Problem) -> pd.Series:
    """The number to predict, missing where the target is none."""
    return pd.to_numeric(values, errors="coerce").astype("float64").replace([np.inf, -np.inf], np.nan)


def learnable(values: pd.Series) -> pd.Series:
    """The outcome as the estimator wants it."""
    return values.astype("float64")
{%- endif %}
{%- if values.task != "regression" %}


def _named(values: pd.Series) -> pd.Series:
    """The target as text without blanks around it, missing where it says nothing."""
    words = as_text(values).str.strip()
    return words.where(~words.str.lower().isin(NOTHING))
{%- endif %}
