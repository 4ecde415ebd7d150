"""The notebook of the repository, run from top to bottom as a person would."""

import asyncio
import json

import nbformat
import pytest
from nbclient import NotebookClient

from tables import TABLES


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_the_notebook_runs_from_top_to_bottom_and_every_cell_shows_something(name, finished, monkeypatch):
    folder = finished(name).repository.root / "notebooks"
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    for wanted in ("DATA_URI", "PIPELINE_UNTIL", "PYTHONPATH"):
        monkeypatch.delenv(wanted, raising=False)
    text = (folder / "explore.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}})
    asyncio.run(client.async_execute())
    for cell in [c for c in notebook.cells if c.cell_type == "code"]:
        shown = [output for output in cell.outputs if output.output_type == "execute_result"]
        assert shown and shown[0]["data"]["text/plain"].strip(), cell.source
        assert not [o for o in cell.outputs if o.output_type in ("error", "stream")], cell.outputs
    assert json.loads(text)["metadata"]["kernelspec"]["name"] == "python3"
