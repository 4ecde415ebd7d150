"""Tables in the Persian calendar and in another encoding than UTF-8: steps, application and replay."""

import json
import subprocess

import numpy as np
import pandas as pd
import pytest

from conftest import HERE, Repository
from fake_http import receiver
from tables import POLICY, Table

ROWS = 900
DAYS = pd.date_range("2022-11-05", periods=ROWS, freq="12h")
DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
INTL = """
const show = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
  timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' });
const [first, days, step] = process.argv.slice(1).map(Number);
const made = Array.from({ length: days }, (_, i) => {
  const parts = show.formatToParts(first + i * step);
  const of = type => parts.find(part => part.type === type).value.padStart(2, '0');
  return `${of('year')}/${of('month')}/${of('day')}`;
});
process.stdout.write(JSON.stringify(made));
"""


def persian(first: str, days: int, step: str = "1D") -> list:
    """Days as they are called in the Persian calendar, by Node's own tables."""
    start, step = (
        round(part.total_seconds() * 1000)
        for part in (pd.Timestamp(first) - pd.Timestamp(0), pd.Timedelta(step))
    )
    ran = subprocess.run(
        ["node", "-e", INTL, "--", str(start), str(days), str(step)], capture_output=True, check=True
    )
    return json.loads(ran.stdout)


def orders(path) -> None:
    """Persian names and words, times in Persian digits, in the bytes of Windows-1256."""
    random = np.random.default_rng(4)
    days = persian("2022-11-05", ROWS, "12h")
    amount = random.gamma(2, 900, ROWS).round(1)
    table = pd.DataFrame(
        {
            "زمان": [f"{day} {moment:%H:%M}" for day, moment in zip(days, DAYS, strict=True)],
            "شهر": random.choice(["تهران", "شيراز", "اصفهان", "کرج"], ROWS),
            "مبلغ": amount,
            "تولد": persian("1960-03-01", ROWS, "7D"),
            "پاسخ": np.where(amount + random.normal(0, 500, ROWS) > 2200, "بله", "خير"),
        }
    )
    table.loc[7, ["شهر", "تولد"]] = None
    path.write_bytes(table.to_csv(index=False).encode("cp1256"))


ORDERS = {
    **POLICY,
    "name": "orders",
    "title": "آیا می‌آید؟",
    "objective": "Find who answers",
    "task": "binary",
    "data": "data/orders.csv",
    "encoding": "windows-1256",
    "written": {"زمان": "persian %Y/%m/%d %H:%M", "تولد": "persian %Y/%m/%d"},
    "target": "پاسخ",
    "positive": "== بله",
    "time": "زمان",
    "columns": {"شهر": "text", "مبلغ": "number", "تولد": "date"},
    "calendar": {"weekday": "when.dt.day_of_week"},
    "from_dates": {"تولد_days": '(when - rows["تولد"]).dt.days', "تولد_year": 'rows["تولد"].dt.year'},
    "history": {"bucket": "7D", "lag": 1, "mean": "recent", "count": "recent_rows", "value": "__outcome"},
    "windows": {"history": "14d", "train": "340d", "test": "80d"},
    "min_rows": 100,
    "numbers": ["مبلغ", "weekday", "تولد_days", "تولد_year", "recent", "recent_rows"],
    "texts": ["شهر"],
    "metric": {"name": "roc_auc"},
    "direction": "maximize",
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Repository:
    return Repository(Table(ORDERS, orders), tmp_path_factory.mktemp("persian") / "orders")


@pytest.fixture
def read(repository, tmp_path):
    """Bytes of the source -> what the repository reads, or what it says where it stops."""

    def get(source: bytes):
        (tmp_path / "later.csv").write_bytes(source)
        return repository.read(tmp_path / "later.csv")

    return get


def test_every_day_of_the_years_1300_to_1450_is_the_day_that_node_says(repository):
    days = persian("1921-03-21", 55_152)
    assert (days[0], days[-1][:4]) == ("1300/01/01", "1450")
    code = "import json, sys; import pandas as pd; from plumbing import persian\n"
    code += "made = persian.moments(pd.Series(json.loads(input())), '%Y/%m/%d')\n"
    code += "wanted = pd.Series(pd.date_range('1921-03-21', periods=len(made), freq='D', tz='UTC'))\n"
    code += "print('differ:', int((made != wanted).sum()))"
    ran = repository.python("-c", code, stdin=json.dumps(days))
    assert "differ: 0" in ran.stdout, ran.stdout[-2000:]


WRITTEN = [
    ("1402/12/30", "persian %Y/%m/%d", None),
    ("1403/12/30", "persian %Y/%m/%d", "2025-03-20 00:00:00"),
    ("1402/07/31", "persian %Y/%m/%d", None),
    ("1402/13/01", "persian %Y/%m/%d", None),
    ("1299/01/01", "persian %Y/%m/%d", None),
    ("2023/08/04", "persian %Y/%m/%d", None),
    ("1402/05/13 24:00", "persian %Y/%m/%d %H:%M", None),
    ("۱۴۰۲/۰۵/۱۳", "persian %Y/%m/%d", "2023-08-04 00:00:00"),
    ("\u200f1402-5-13\u200e", "persian %Y-%m-%d", "2023-08-04 00:00:00"),
    ("13.05.1402 8:26", "persian %d.%m.%Y %H:%M", "2023-08-04 08:26:00"),
    ("1402/05/13 08:26:07.5", "persian %Y/%m/%d %H:%M:%S.%f", "2023-08-04 08:26:07.500000"),
    ("14020513", "persian %Y%m%d", "2023-08-04 00:00:00"),
    ("1402", "persian %Y", "2023-03-21 00:00:00"),
    ("۲۰۲۳/۰۸/۰۴", "%Y/%m/%d", "2023-08-04 00:00:00"),
]


def test_a_date_is_read_as_it_is_written_or_not_at_all(repository):
    code = "import json, sys; import pandas as pd; from plumbing import data, written\n"
    code += "words = [(pd.Series([word]), how) for word, how, _ in json.loads(input())]\n"
    code += "made = [data.as_time(written.plain(w, w, how))[0] for w, how in words]\n"
    code += "print(json.dumps([None if pd.isna(moment) else str(moment) for moment in made]))"
    ran = repository.python("-c", code, stdin=json.dumps(WRITTEN))
    assert ran.returncode == 0, ran.stdout[-2000:]
    assert json.loads(ran.stdout.splitlines()[-1]) == [wanted for *_, wanted in WRITTEN]


def test_the_table_is_read_as_it_was_meant(repository, read):
    table = read((repository.root / ORDERS["data"]).read_bytes())
    assert (table["زمان"] == DAYS).all()
    assert table["شهر"].drop(7).isin(["تهران", "شيراز", "اصفهان", "کرج"]).all() and table["شهر"][7] == ""
    born = pd.Series(pd.date_range("1960-03-01", periods=ROWS, freq="7D"))
    assert (table["تولد"].drop(7) == born.drop(7)).all() and pd.isna(table["تولد"][7])
    assert 0.1 < table["__outcome"].mean() < 0.6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_later_file_that_says_itself_what_it_is_in_is_read_as_that(encoding, repository, read):
    source = (repository.root / ORDERS["data"]).read_bytes()
    assert read(source.decode("cp1256").encode(encoding)).equals(read(source))


def test_a_file_that_is_not_what_it_should_be_stops_the_run_with_what_to_do(tmp_path):
    plain = Table({**ORDERS, "encoding": None}, orders)
    repository = Repository(plain, tmp_path / "orders")
    said = repository.read(repository.root / ORDERS["data"])
    assert isinstance(said, str), "it was read"
    assert "can't decode byte" in said and "data: {encoding: windows-1256}" in said


def test_the_whole_pipeline_runs_and_the_own_tests_pass(repository, tmp_path):
    transport = {"type": "file", "log_file_path": str(tmp_path / "events.jsonl"), "append": True}
    ran = repository.python(
        str(HERE / "drive.py"), str(tmp_path), OPENLINEAGE__TRANSPORT=json.dumps(transport)
    )
    assert ran.returncode == 0, ran.stdout[-4000:]
    profile = json.loads((tmp_path / "model/profile.json").read_text(encoding="utf-8"))
    days = sorted(profile["features"]["مبلغ"]["days"])
    assert profile["to"] < "2024-01-29" and days[0] > "2022-11-05" and len(days) > 300
    ran = repository.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", timeout=600)
    assert ran.returncode == 0, ran.stdout[-4000:]


def test_the_application_asks_for_the_day_as_the_table_has_it_and_sends_the_same(repository):
    code = "import sys; sys.path.insert(0, '.')\n"
    code += "import json; from app import app\n"
    code += "row = {'شهر': 'کرج', 'مبلغ': '12', 'زمان': '۱۴۰۲/۰۵/۱۳ 08:30', 'تولد': '1350/01/01'}\n"
    code += "plain = {**row, 'زمان': '2023-08-04T08:30', 'تولد': '1971-03-21'}\n"
    code += "made = [app.Application().request(each) for each in (row, plain)]\n"
    code += "assert json.dumps(made[0]['inputs']) == json.dumps(made[1]['inputs']), made\n"
    code += "print({i['name']: i['data'][0] for i in made[0]['inputs']}['تولد_days'], app.page(row))"
    ran = repository.python("-c", code)
    assert ran.returncode == 0, ran.stdout[-2000:]
    assert ran.stdout.startswith("19129")
    assert 'type="text" placeholder="1402/05/13 08:30"' in ran.stdout


def answer(number, method, path, body):
    rows = body["inputs"][0]["shape"][0]
    outputs = [
        {"name": "prediction", "datatype": "INT64", "shape": [rows], "data": [0] * rows},
        {"name": "probabilities", "datatype": "FP32", "shape": [rows, 2], "data": [0.75, 0.25] * rows},
    ]
    return 200, {"model_name": "orders", "model_version": "1", "id": body.get("id"), "outputs": outputs}


def test_the_replay_places_the_rows_on_their_days(repository):
    with receiver(answer) as received:
        ran = repository.python("replay.py", "2024-01-10", "2024-01-13", ENDPOINT_URL=f"{received.url}/infer")
    assert ran.returncode == 0, ran.stdout[-2000:]
    times = [moment for call in received.calls for moment in call[3]["parameters"]["event_times"]]
    assert times == [f"2024-01-{day}T{hour}:00:00Z" for day in (10, 11, 12) for hour in ("00", "12")]
