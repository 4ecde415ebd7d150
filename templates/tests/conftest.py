"""Renders each table's repository once, and runs its steps once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from xdist.scheduler import LoadScopeScheduling

sys.path.insert(0, str(Path(__file__).resolve().parent))
from render import render  # noqa: E402
from tables import TABLES, Table  # noqa: E402

HERE = Path(__file__).resolve().parent
FAKES = HERE / "fake_http.py"


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: whole pipelines of every table, and one million rows")


def pytest_collection_modifyitems(config, items):
    """Slow tests run only when they are asked for: `-m slow`, or `-m "slow or not slow"` for everything."""
    if not config.option.markexpr:
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="slow: ask for it with -m slow"))


def pytest_xdist_make_scheduler(config, log):
    """Tests of one table go to one worker, so that its steps run once; the others to whoever is free."""
    return ByTable(config, log)


class ByTable(LoadScopeScheduling):
    """A test that needs a finished table is parametrized by its name, which then stands in the test's id."""

    def _split_scope(self, nodeid: str) -> str:
        words = nodeid.partition("[")[2]
        return next((name for name in TABLES if words.startswith(name)), nodeid)


READ = """
import sys
from plumbing import data
from plumbing.problem import load
data.read(load().uri, load()).to_parquet(sys.argv[1])
"""


class Repository:
    """A rendered repository with its source table."""

    def __init__(self, table: Table, root: Path):
        self.table, self.root = table, render(table.values, root)
        source = root / table.values["data"]
        source.parent.mkdir(parents=True)
        table.write(source)

    def python(
        self, *arguments: str, timeout: int = 900, stdin: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess:
        """Runs Python in the repository, with nothing of the caller's own settings."""
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("PORTAL", "OPENLINEAGE", "CI_", "PIPELINE", "DATA_URI"))
        }
        kept |= {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(self.root / "src"), **environment}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=kept,
            timeout=timeout,
            input=stdin,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def read(self, source: Path):
        """A table as the repository reads it, or what it says where it stops."""
        out = source.with_suffix(".read.parquet")
        ran = self.python("-c", READ, str(out), DATA_URI=str(source))
        return ran.stdout if ran.returncode else pd.read_parquet(out)


class Finished:
    """A repository whose steps have run: what they wrote and what they told."""

    def __init__(self, repository: Repository, folder: Path):
        self.repository, self.values, self.folder = repository, repository.table.values, folder
        self.model = folder / "model"
        self.profile = json.loads((self.model / "profile.json").read_text(encoding="utf-8"))
        self.signature = json.loads((self.model / "signature.json").read_text(encoding="utf-8"))
        lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
        self.events = [json.loads(line) for line in lines]

    def complete(self, step: str) -> list:
        name = f"{self.values['name']}.{step}"
        return [e for e in self.events if e["job"]["name"] == name and e["eventType"] == "COMPLETE"]


@pytest.fixture(scope="session")
def repositories(tmp_path_factory):
    """Name -> repository, rendered when it is first asked for."""
    made = {}

    def get(name: str) -> Repository:
        if name not in made:
            made[name] = Repository(TABLES[name], tmp_path_factory.mktemp("repositories") / name)
        return made[name]

    return get


@pytest.fixture(scope="session")
def finished(repositories, tmp_path_factory):
    """Name -> repository whose steps have all run, one after the other in one process."""
    made = {}

    def get(name: str) -> Finished:
        if name not in made:
            folder = tmp_path_factory.mktemp("steps")
            transport = {"type": "file", "log_file_path": str(folder / "events.jsonl"), "append": True}
            ran = repositories(name).python(
                str(HERE / "drive.py"),
                str(folder),
                OPENLINEAGE__TRANSPORT=json.dumps(transport),
                OPENLINEAGE_NAMESPACE="portal",
                CI_COMMIT_SHA="c0ffee0",
                CI_PROJECT_URL="http://127.0.0.1/git/x",
                OPENLINEAGE_PARENT_ID=f"portal/{name}/7a6c0d5e-0000-4000-8000-000000000001",
            )
            assert ran.returncode == 0, ran.stdout[-4000:]
            made[name] = Finished(repositories(name), folder)
        return made[name]

    return get
