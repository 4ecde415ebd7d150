"""The end user's software: a page that asks the endpoint.

PORT, ENDPOINT_URL{% if values.history %} and HISTORY (a table with known outcomes){% endif %} say where.
"""
import html
import os
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
from plumbing import data, outcomes, persian, serving  # noqa: E402
from plumbing.problem import load  # noqa: E402

PROBLEM = load()
OBJECTIVE = ${{ values.objective | dump }}
{%- if values.task == "binary" %}
WORDS = {">": "more than ", "<": "less than ", ">=": "at least ", "<=": "at most ", "==": ""}
{%- endif %}
TYPES = {"number": 'type="number" step="any"', "text": 'type="text"', "date": 'type="datetime-local"'}
PERSIAN_EXAMPLE = {"%Y": "1402", "%m": "05", "%d": "13", "%H": "08", "%M": "30", "%S": "00", "%f": "0"}
MOST = 1 << 16
{%- if values.history %}
MOST_KNOWN = 500
{%- endif %}


class Application:
    """Asks the endpoint about one row at a time{% if values.history %}, with the history of before it{% endif %}."""
{%- if values.history %}

    def __init__(self, history: str = ""):
        known = data.read(history, PROBLEM) if history else data.without_rows(PROBLEM)
        self.recent = serving.Recent(known)
        texts = [c for c, kind in PROBLEM.kinds.items() if kind == "text"]
        frequent = {c: known.loc[known[c].ne(""), c].value_counts().head(MOST_KNOWN) for c in texts}
        self.known = {c: sorted(counts.index) for c, counts in frequent.items()}
{%- else %}

    known: dict = {}
{%- endif %}

    def request(self, row: dict) -> dict:
        """The request of a row: column -> text as typed, "" or None where it is not known."""
        rows = data.typed([{c: row.get(c) or None for c in PROBLEM.kinds}], PROBLEM)
{%- if values.history %}
        moment = rows[PROBLEM.time].iloc[0]
        inputs = serving.tensors(rows, self.recent.around(moment, moment))
{%- else %}
        inputs = serving.tensors(rows, rows)
{%- endif %}
        return serving.request(inputs, id=outcomes.request_id(rows, PROBLEM))

    def ask(self, row: dict) -> str:
        """The answer as HTML. NoAnswer where there is none."""
        answer = serving.post(serving.ENDPOINT, self.request(row))
        told = {tensor["name"]: tensor["data"] for tensor in answer["outputs"]}
        version = answer.get("model_version")
        by = f"{answer['model_name']}{f', version {version}' if version else ''}"
        return (
            f'<section aria-live="polite"><p dir="auto">{_outcome()}</p>'
            f'<p class="answer" dir="auto">{html.escape(_sentence(told))}</p>'
{%- if values.task != "regression" %}
            f"{_bar(told)}"
{%- endif %}
            f"<p><small>Answered by {html.escape(by)}{html.escape(_id(answer))}</small></p></section>"
        )


def _id(answer: dict) -> str:
    """What the portal's lineage page traces the answer by."""
    return f" as prediction {answer['id']}/0" if answer.get("id") else ""


def _outcome() -> str:
{%- if values.task == "binary" %}
    sign, value = re.fullmatch(r"(>=|<=|==|>|<)\s*(.+)", PROBLEM.target["positive"]).groups()
    return html.escape(f"Probability that {PROBLEM.target['column']} is {WORDS[sign]}{value}")
{%- else %}
    return html.escape(f"Predicted {PROBLEM.target['column']}")
{%- endif %}


def _sentence(told: dict) -> str:
{%- if values.task == "binary" %}
    return f"{100 * told['probabilities'][1]:.1f} %"
{%- elif values.task == "multiclass" %}
    return f"{told['prediction'][0]} ({100 * max(told['probabilities']):.1f} %)"
{%- else %}
    return f"{told['prediction'][0]:,.4g}"
{%- endif %}


{% if values.task != "regression" -%}
def _bar(told: dict) -> str:
{%- if values.task == "binary" %}
    share = told["probabilities"][1]
{%- else %}
    share = max(told["probabilities"])
{%- endif %}
    return f'<p class="bar" aria-hidden="true"><span style="inline-size:{100 * share:.1f}%"></span></p>'


{% endif -%}
def field(place: int, column: str, kind: str, value: str, known: list) -> str:
    """A labelled input, the one at this place of the page, that suggests the `known` values.

    What stands in brackets at the end of a column's name is shown as its unit.
    """
    name, unit = re.fullmatch(r"(.*?)\s*(?:[(\[]([^()\[\]]+)[)\]])?", column, re.S).groups()
    label = f'<span dir="auto">{html.escape(name or column)}</span>'
    hint = f'<small dir="auto">{html.escape(unit)}</small>' if name and unit else ""
    key, value = html.escape(column), html.escape(value)
    if kind == "flag":
        chosen = {word: " selected" if word == value else "" for word in ("", "yes", "no")}
        options = "".join(f'<option value="{w}"{chosen[w]}>{w or "not known"}</option>' for w in chosen)
        return f'<label>{label}{hint}<select name="{key}">{options}</select></label>'
    options = "".join(f'<option value="{html.escape(word)}">' for word in known)
    listed = f'<datalist id="known-{place}">{options}</datalist>' if known else ""
    given = f'name="{key}" {_input(column, kind)} dir="auto" value="{value}"'
    given += f' list="known-{place}"' if known else ""
    return f"<label>{label}{hint}<input {given}></label>{listed}"


def _input(column: str, kind: str) -> str:
    """Type of the input; a browser's own field for dates does not know the Persian calendar."""
    how = PROBLEM.written.get(column, "")
    if not how.startswith(persian.MARK):
        return TYPES[kind]
    example = how.removeprefix(persian.MARK)
    for part, digits in PERSIAN_EXAMPLE.items():
        example = example.replace(part, digits)
    return f'type="text" placeholder="{html.escape(example)}"'


def page(row: dict, answer: str = "", known: dict | None = None) -> str:
    """The whole page, with what was typed still in it. `known`: values to suggest, by column."""
    known = known or {}
    fields = "\n".join(
        field(place, column, kind, row.get(column) or "", known.get(column, []))
        for place, (column, kind) in enumerate(PROBLEM.kinds.items())
    )
    frame = Template((HERE / "page.html").read_text(encoding="utf-8"))
    title, objective = html.escape(PROBLEM.title), html.escape(OBJECTIVE)
    return frame.substitute(title=title, objective=objective, fields=fields, answer=answer)


class Handler(BaseHTTPRequestHandler):
    """GET / is the empty form, POST / the form with its answer."""

    def reply(self, text: str, status: int = 200):
        body = text.encode()
        self.send_response(status)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def page(self, row: dict, answer: str = "") -> str:
        return page(row, answer, self.server.application.known)

    def do_GET(self):
        if self.path == "/":
            self.reply(self.page({}))
        else:
            self.reply(self.page({}, _trouble("There is no such page.")), 404)

    def do_POST(self):
        size = min(int(self.headers.get("content-length") or 0), MOST)
        typed = self.rfile.read(size).decode(errors="replace")
        row = {name: values[0] for name, values in parse_qs(typed).items() if name in PROBLEM.kinds}
        try:
            self.reply(self.page(row, self.server.application.ask(row)))
        except serving.NoAnswer as error:
            self.log_error("%s", error)
            trouble = _trouble("There is no answer now. Please try again in a minute.", str(error))
            self.reply(self.page(row, trouble), 502)


def _trouble(text: str, detail: str = "") -> str:
    text, detail = html.escape(text), html.escape(detail)
    inner = f'<p>{text}</p><p><small dir="auto">{detail}</small></p>'
    return f'<section class="error" role="alert">{inner}</section>'


def serve(port: int) -> ThreadingHTTPServer:
    """A server on this machine alone; `serve_forever` runs it."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.application = Application({% if values.history %}os.environ.get("HISTORY", ""){% endif %})
    return server


if __name__ == "__main__":
    with serve(int(os.environ.get("PORT", "8000"))) as running:
        print(f"http://127.0.0.1:{running.server_port}", flush=True)
        running.serve_forever()
