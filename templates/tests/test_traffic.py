"""The application, the replay and the batch script against an endpoint that answers."""

import json
import re
import threading
import time

import pandas as pd
import pytest

from fake_http import receiver

ANSWER = {"model_name": "flight-delay", "model_version": "3"}


def endpoint(number, method, path, body):
    """An endpoint and a taker of labels at once."""
    if path == "/labels":
        return 200, {"stored": len(body["labels"])}
    rows = body["inputs"][0]["shape"][0]
    outputs = [
        {"name": "prediction", "datatype": "INT64", "shape": [rows], "data": [0] * rows},
        {"name": "probabilities", "datatype": "FP32", "shape": [rows, 2], "data": [0.75, 0.25] * rows},
    ]
    return 200, {**ANSWER, "id": body.get("id"), "outputs": outputs}


def split_calls(received):
    asked = [call[3] for call in received.calls if call[1] == "/infer"]
    told = [(call[2], call[3]["labels"]) for call in received.calls if call[1] == "/labels"]
    return asked, told


def replay(repository, received, *arguments, **environment):
    urls = {
        "ENDPOINT_URL": f"{received.url}/infer",
        "LABELS_URL": f"{received.url}/labels",
        "PORTAL_TOKEN": "secret",
    }
    return repository.python("replay.py", *arguments, **urls, **environment)


def test_the_replay_sends_times_and_ids_and_the_labels_behind(repositories):
    repository = repositories("flight-delay")
    with receiver(endpoint) as received:
        ran = replay(repository, received, "2001-03-05", "2001-03-08", "500", "250")
    assert ran.returncode == 0, ran.stdout
    asked, told = split_calls(received)
    assert [len(body["parameters"]["event_times"]) for body in asked] == [250] * 6
    days = [f"2001-03-0{5 + i // 2}" for i in range(6)]
    for body, day in zip(asked, days, strict=True):
        assert all(time.startswith(day) and time.endswith("Z") for time in body["parameters"]["event_times"])
        assert body["parameters"]["event_times"] == sorted(body["parameters"]["event_times"])
        assert all(len(tensor["data"]) == 250 and tensor["shape"] == [250, 1] for tensor in body["inputs"])
    labels = [label for _, part in told for label in part]
    assert [label["id"] for label in labels] == [f"{body['id']}/{i}" for body in asked for i in range(250)]
    assert {label["label"] for label in labels} == {0, 1}
    assert all(headers["authorization"] == "Bearer secret" for headers, _ in told)
    order = [call[1] for call in received.calls]
    # The first day's labels come once the next day has been sent.
    assert order[:5] == ["/infer"] * 4 + ["/labels"]


@pytest.mark.parametrize("name", ["flight-delay"])
def test_the_replay_sends_the_features_that_training_saw(name, finished):
    done = finished(name)
    with receiver(endpoint) as received:
        assert replay(done.repository, received, "2001-03-05", "2001-03-06", "10000", "10000").returncode == 0
    (body,), _ = split_calls(received)
    sent = pd.DataFrame({tensor["name"]: tensor["data"] for tensor in body["inputs"]})
    table = pd.read_parquet(done.folder / "table")
    day = table[table["__time"].dt.strftime("%Y-%m-%d") == "2001-03-05"]
    assert len(sent) == len(day) > 500
    for column in done.values["numbers"]:
        pd.testing.assert_series_equal(
            sent[column].astype("float32"), day[column].reset_index(drop=True), check_names=False
        )
    assert sent["origin"].tolist() == day["origin"].tolist()


def test_the_replay_waits_for_a_busy_endpoint(repositories):
    with receiver(lambda n, *rest: (503, {}) if n == 1 else endpoint(n, *rest)) as received:
        ran = replay(repositories("flight-delay"), received, "2001-03-05", "2001-03-06", "10")
    assert ran.returncode == 0 and [call[1] for call in received.calls] == ["/infer", "/infer", "/labels"]


def test_the_replay_stops_where_the_endpoint_refuses(repositories):
    with receiver(lambda *_: (400, {"error": "distance: BYTES given, FP32 wanted"})) as received:
        ran = replay(repositories("flight-delay"), received, "2001-03-05", "2001-03-06", "10")
    assert ran.returncode != 0 and "distance: BYTES given" in ran.stdout and len(received.calls) == 1


PAGE = """
import sys, threading, urllib.parse, urllib.request
from app import app
with app.serve(0) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    row = {"date": "2001-03-05T10:30", "origin": "<b>ATL</b>", "distance": "300"}
    typed = urllib.parse.urlencode(row).encode()
    print(urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/", typed).read().decode())
    server.shutdown()
"""


def test_the_page_shows_probability_and_version_and_keeps_what_was_typed(repositories):
    repository = repositories("flight-delay")
    path = f"{repository.root}/src:{repository.root}"
    with receiver(endpoint) as received:
        ran = repository.python("-c", PAGE, PYTHONPATH=path, ENDPOINT_URL=f"{received.url}/infer")
    assert ran.returncode == 0, ran.stdout
    assert "25.0 %" in ran.stdout and "flight-delay, version 3" in ran.stdout
    assert "&lt;b&gt;ATL&lt;/b&gt;" in ran.stdout and "<b>ATL" not in ran.stdout
    sent = {tensor["name"]: tensor["data"][0] for tensor in received.calls[0][3]["inputs"]}
    assert sent["distance"] == 300 and sent["hour"] == 10.5 and sent["recent_delay"] is None


ASK = """
import json, sys
from app import app
application = app.Application(*sys.argv[2:])
answer = application.ask(json.loads(sys.argv[1]))
print(app.page({}, answer, application.known))
"""


def test_the_page_tells_the_outcome_in_words_draws_it_and_suggests_known_values(repositories):
    repository = repositories("flight-delay")
    row = {"date": "2001-03-01T08:30", "origin": "SFO", "distance": "2419", "destination": "IAD"}
    source = str(repository.root / repository.table.values["data"])
    with receiver(endpoint) as received:
        told = {
            "ENDPOINT_URL": f"{received.url}/infer",
            "PYTHONPATH": f"{repository.root}/src:{repository.root}",
        }
        ran = repository.python("-c", ASK, json.dumps(row), source, **told)
    assert ran.returncode == 0, ran.stdout
    assert "Probability that delay is more than 15" in ran.stdout and "25.0 %" in ran.stdout
    assert 'style="inline-size:25.0%"' in ran.stdout
    (asked,), _ = split_calls(received)
    assert f"Answered by flight-delay, version 3 as prediction {asked['id']}/0<" in ran.stdout
    for column in ("origin", "destination"):
        listed = re.search(f'name="{column}"[^>]* list="(known-[0-9]+)"', ran.stdout)[1]
        suggested = re.search(f'<datalist id="{listed}">(.*?)</datalist>', ran.stdout)[1]
        assert '<option value="SFO">' in suggested


@pytest.mark.parametrize("name", ["flight-delay", "penguin-species", "movie-rating"])
def test_the_batch_script_answers_every_row(name, finished, tmp_path):
    done = finished(name)
    source, out = done.repository.root / done.values["data"], tmp_path / "answers.parquet"
    history = [str(source)] if done.values["history"] else []
    ran = done.repository.python("batch/predict.py", str(done.model), str(source), str(out), *history)
    assert ran.returncode == 0, ran.stdout
    answers = pd.read_parquet(out)
    assert answers["prediction"].notna().all() and set(done.values["columns"]) <= set(answers)
    if done.values["task"] == "multiclass":
        assert (
            set(answers["prediction"]) <= set(done.signature["classes"])
            and (answers["probability"] <= 1).all()
        )


@pytest.mark.slow
def test_twelve_weeks_of_flights_are_replayed_in_under_a_minute(repositories):
    """240,000 rows of the whole table; the endpoint's own time is not counted."""
    from tables import VEGA

    spent, lock = [], threading.Lock()

    def timed(*call):
        began = time.monotonic()
        answer = endpoint(*call)
        with lock:
            spent.append(time.monotonic() - began)
        return answer

    repository = repositories("flight-delay")
    with receiver(timed) as received:
        began = time.monotonic()
        uri = str(VEGA / "flights-3m.parquet")
        ran = replay(repository, received, "2001-03-05", "2001-05-28", "2900", DATA_URI=uri)
        seconds = time.monotonic() - began - sum(spent)
    assert ran.returncode == 0, ran.stdout
    assert sum(len(body["parameters"]["event_times"]) for body in split_calls(received)[0]) == 84 * 2900
    assert seconds < 60, seconds
