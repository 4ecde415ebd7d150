"""What a run writes down: events, one JSON object a line, and one log per step. Standard library only.

Event: {"at": ISO time, "event": name, "step"?: key, ...facts}; names are in `supervise.py` and `steps.py`.
"""
import contextlib
import json
import os
import re
import threading
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Iterable
from urllib.parse import urlsplit

LOG_BYTES = 20_000_000
SECRET_NAME = re.compile(r"token|secret|passw|credential|api_?key|access_?key|private|auth", re.I)


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def secrets_of(environment: dict, urls: Iterable[str] = ()) -> list:
    """Values that must not be written down: those with a secret's name, inside JSON values too, and passwords in URLs."""
    found = set()

    def look(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for inner, part in value.items():
                look(inner, part)
        elif isinstance(value, str):
            if value.startswith("{"):
                try:
                    return look(name, json.loads(value))
                except ValueError:
                    pass
            if SECRET_NAME.search(name):
                found.add(value)
            if "://" in value and (password := _password(value)):
                found.add(password)
    for name, value in environment.items():
        look(name, value)
    for url in urls:
        look("", url)
    # Short values would blot out ordinary words.
    return sorted((value for value in found if len(value) >= 6), key=len, reverse=True)


def _password(url: str) -> str:
    try:
        return urlsplit(url).password or ""
    except ValueError:
        return ""


class Journal:
    """Events and step logs of the run in `folder`; each is on disk when its call returns."""

    def __init__(self, folder: Path, secrets: Iterable[str] = ()):
        self.folder = folder
        self._secrets = list(secrets)
        (folder / "logs").mkdir(exist_ok=True)
        self._events = os.open(folder / "events.jsonl", os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)

    def redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    def event(self, name: str, **facts) -> None:
        line = json.dumps({"at": now(), "event": name, **facts}, ensure_ascii=False, default=str)
        rest = (self.redact(line) + "\n").encode()
        size = os.fstat(self._events).st_size
        # A line torn by a full disk takes no other with it.
        if size and os.pread(self._events, 1, size - 1) != b"\n":
            rest = b"\n" + rest
        # One write in append mode, so that two processes never mix their lines; less is written only where the disk ends.
        while rest:
            rest = rest[os.write(self._events, rest):]

    def log(self, step: str) -> "StepLog":
        return StepLog(self.folder / "logs" / f"{log_name(step)}.log", self.redact)


def log_name(step: str) -> str:
    return step.replace("/", ".")


class StepLog:
    """Lines with the time they came; ends with a note when a step writes more than `LOG_BYTES`."""

    def __init__(self, path: Path, redact):
        self._file = open(path, "ab", buffering=0)
        self._redact = redact
        self._lock = threading.Lock()

    def line(self, text: str) -> None:
        # A full disk costs lines of a log, not the step that writes them.
        with self._lock, contextlib.suppress(OSError):
            size = self._file.tell()
            if size > LOG_BYTES:
                return
            self._file.write(f"{now()} {self._redact(text)}\n".encode("utf-8", "replace"))
            if self._file.tell() > LOG_BYTES:
                self._file.write(f"{now()} The log is longer than {LOG_BYTES} bytes; the rest is left out.\n".encode())

    def close(self) -> None:
        self._file.close()
