"""Labels out of the data: rows that the application asked about, found again in a later table."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from fake_http import receiver

NAMES = ["flight-delay", "penguin-species", "movie-rating"]
ASK = """
import json
from app import app
from plumbing import data, outcomes, split
from plumbing.problem import load
problem = load()
table = split.extract(problem)
keys = outcomes.keys(table, problem)
rows = table[~keys.duplicated(keep=False)].iloc[[3, 40, 77]]
asked = []
for at in range(len(rows)):
    row = rows.iloc[[at]]
    typed = {c: None if row[c].isna().iloc[0] else str(row[c].iloc[0]) for c in problem.kinds}
    sent = [app.Application().request(typed)["id"] for _ in range(2)]
    asked += [{"id": f"{id}/0", "label": data.learnable(row[data.OUTCOME]).tolist()[0]} for id in sent]
print(json.dumps(asked))
"""
TELL = """
from plumbing import outcomes, split
from plumbing.problem import load
print("told", outcomes.tell(split.extract(load()), load()))
"""


def python(repository, code, **environment):
    ran = repository.python("-c", code, PYTHONPATH=f"{repository.root}/src:{repository.root}", **environment)
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


def tell(repository, portal):
    return python(repository, TELL, PORTAL_URL=portal.url, PORTAL_TOKEN="secret")


def listing(ids, size=4):
    """A portal in which predictions of these ids wait for a label, in pages of `size`."""

    def answer(number, method, path, body):
        if method == "POST":
            return 200, {"stored": len(body["labels"])}
        start = int(parse_qs(urlsplit(path).query).get("after", ["0"])[0])
        more = start + size < len(ids)
        return 200, {"ids": ids[start : start + size], "next": str(start + size) if more else None}

    return answer


def labels_of(portal):
    return [label for call in portal.calls if call[0] == "POST" for label in call[3]["labels"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_later_table_gives_the_application_its_labels(name, repositories):
    repository = repositories(name)
    asked = json.loads(python(repository, ASK).splitlines()[-1])
    ids = [one["id"] for one in asked]
    assert len(set(ids)) == 6
    others = ["0123456789abcdef-00000000/0", "5f0c0b7e-6a0e-4be0-8d7e-000000000000/17", "mine/0"]
    with receiver(listing([*others, *ids])) as portal:
        said = tell(repository, portal)
    assert "told 6" in said and "secret" not in said
    by_id = {label["id"]: label["label"] for label in labels_of(portal)}
    assert by_id == {one["id"]: one["label"] for one in asked}
    assert {call[2]["authorization"] for call in portal.calls} == {"Bearer secret"}
    assert {urlsplit(call[1]).path for call in portal.calls} == {f"/api/mlops/labels/{name}"}


def test_rows_that_look_alike_and_ended_differently_give_no_label(repositories):
    code = """
import pandas as pd
from plumbing import outcomes, split
from plumbing.data import OUTCOME
from plumbing.problem import load
problem = load()
table = split.extract(problem)
first = table.head(1)
table = pd.concat([table, first.assign(**{OUTCOME: 1 - first[OUTCOME]})])
outcomes._waiting = lambda path: [outcomes.request_id(first, problem) + "/0"]
print("told", outcomes.tell(table, problem))
"""
    with receiver(listing([])) as portal:
        assert "told 0" in python(repositories("flight-delay"), code, PORTAL_URL=portal.url)
    assert portal.calls == []


def test_a_portal_that_refuses_or_is_away_harms_no_run(repositories):
    repository = repositories("penguin-species")
    with receiver(lambda *_: (404, {"error": {"message": "there is no endpoint"}})) as portal:
        said = tell(repository, portal)
    assert "told 0" in said and "the next run tries again" in said and "there is no endpoint" in said
    impatient = f"from plumbing import outcomes\noutcomes.PATIENCE = 1\n{TELL}"
    away = python(repository, impatient, PORTAL_URL=portal.url)
    assert "told 0" in away and "the portal is away" in away


def test_without_a_portal_nothing_is_asked(repositories):
    assert "told 0" in python(repositories("penguin-species"), TELL)
