"""The documentation page, built as the portal builds it."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from tables import TABLES

EVERY = pytest.mark.parametrize("name", TABLES)
LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}


class Loaded(HTMLParser):
    """Addresses that a browser fetches by itself to show a page; a link that a reader clicks is none."""

    def __init__(self, page: str):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "link" and facts.get("rel") == "canonical":
            return
        self.found += [facts[LOADED[tag]]] if facts.get(LOADED.get(tag, "")) else []


@pytest.fixture(scope="session")
def site(repositories, tmp_path_factory):
    """Name -> folder of the built documentation."""
    made = {}

    def get(name: str):
        if name not in made:
            made[name] = tmp_path_factory.mktemp("site")
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(made[name])]
            ran = subprocess.run(
                command, cwd=repositories(name).root, capture_output=True, text=True, timeout=120
            )
            assert ran.returncode == 0, ran.stdout + ran.stderr
        return made[name]

    return get


@EVERY
def test_a_page_of_the_documentation_loads_nothing_from_the_internet(name, site):
    page = (site(name) / "index.html").read_text(encoding="utf-8")
    loaded = Loaded(page).found
    assert any(address.endswith(".css") for address in loaded)
    assert [address for address in loaded if re.match("(https?:)?//", address)] == []
    for style in site(name).rglob("*.css"):
        outside = r"""(@import|url\()\s*["']?(https?:)?//"""
        assert not re.search(outside, style.read_text(encoding="utf-8")), style


@EVERY
def test_the_documentation_names_every_column(name, site):
    page = (site(name) / "index.html").read_text(encoding="utf-8")
    assert TABLES[name].values["title"].split()[0] in page
    for column in TABLES[name].values["columns"]:
        escaped = column.replace('"', "&quot;")
        assert column in page or escaped in page or column.replace("|", "&#124;") in page, column
