"""Removes environments and code that nothing has used for a while. Standard library only.

As a program: {home, days} as JSON on standard input; {"environments": [names], "code": [names]} of what went on standard
output. May be killed at any moment, and run beside anything: whoever wants one of them takes the same lock, finds it as it was
or makes it again.
"""
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Iterator

from environment import COMPLETE
from files import try_lock

DAY_SECONDS = 24 * 3600
GONE = ".gone-"


def prune(home: Path, days: float) -> dict:
    before = time.time() - days * DAY_SECONDS
    mentioned = _mentioned(home)
    return {
        "environments": [folder.name for folder in _folders(home / "envs") if _remove(folder, before, mentioned)],
        "code": [f"{repository.name}/{commit.name}" for repository in _folders(home / "code")
                 for commit in _folders(repository) if _remove(commit, before, mentioned)],
    }


def _remove(folder: Path, before: float, mentioned: list) -> bool:
    if _last_used(folder) >= before or any(f"{folder}/" in text or f"{folder}\0" in text for text in mentioned):
        return False
    lock = try_lock(folder.with_name(f".{folder.name}.lock"))
    if lock is None:
        return False
    gone = folder.with_name(f"{GONE}{folder.name}")
    with lock:
        # Somebody may have taken it up since it was looked at.
        if _last_used(folder) >= before:
            return False
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
    return True


def _last_used(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder, folder / COMPLETE) if path.exists())


def _folders(root: Path) -> list:
    """Folders in it; what a killed round left of others goes first."""
    if not root.is_dir():
        return []
    for leftover in root.glob(f"{GONE}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))


def _mentioned(home: Path) -> list:
    """Texts that name what is in use however old it is: of the gateway, which starts servers at any time, and of processes."""
    return [*_texts([home / "gateway" / "config.json"]),
            *_texts(path for name in ("cmdline", "environ") for path in Path("/proc").glob(f"[0-9]*/{name}"))]


def _texts(paths) -> Iterator[str]:
    for path in paths:
        try:
            yield path.read_text(encoding="utf-8", errors="replace") + "\0"
        except OSError:
            continue


if __name__ == "__main__":
    request = json.load(sys.stdin)
    print(json.dumps(prune(Path(request["home"]), request["days"])))
