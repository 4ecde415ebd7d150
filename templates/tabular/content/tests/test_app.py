import threading
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

import numpy as np
import pytest

from app import app
from features import NUMBERS, TEXTS, features
from plumbing import serving
from plumbing.model_file import model_input
from plumbing.problem import load


class Names(HTMLParser):
    """The names of the inputs of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found += [value for name, value in attributes if name == "name" and tag in ("input", "select")]


def test_the_request_holds_what_the_model_is_trained_on(frame):
    row = frame.iloc[[-1]]
    application = app.Application()
{%- if values.history %}
    application.recent = serving.Recent(frame.iloc[:-1])
{%- endif %}
    typed = {c: None if row[c].isna().iloc[0] else str(row[c].iloc[0]) for c in load().kinds}
    sent = {i["name"]: i["data"][0] for i in application.request(typed)["inputs"]}
    wanted = model_input(features(row, frame), NUMBERS, TEXTS).iloc[0]
    assert list(sent) == [*NUMBERS, *TEXTS]
    assert [sent[c] for c in TEXTS] == wanted[TEXTS].tolist()
    numbers = np.array([np.nan if sent[c] is None else sent[c] for c in NUMBERS], np.float32)
    np.testing.assert_array_equal(numbers, wanted[NUMBERS].to_numpy(np.float32))


@pytest.fixture
def address():
    with app.serve(0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_page_asks_for_every_column(address):
    with urllib.request.urlopen(address, timeout=5) as answer:
        assert Names(answer.read().decode()).found == list(load().kinds)


def test_the_page_says_when_the_endpoint_does_not_answer(address, monkeypatch):
    monkeypatch.setattr(serving, "ENDPOINT", "http://127.0.0.1:9/nobody")
    typed = urllib.parse.urlencode({c: "1" for c in load().kinds}).encode()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address, typed, timeout=30)
    assert refused.value.code == 502
    assert 'role="alert"' in refused.value.read().decode()
