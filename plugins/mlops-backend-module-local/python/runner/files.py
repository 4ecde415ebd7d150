"""Small file operations that survive a kill at any moment. Standard library only."""
import contextlib
import errno
import fcntl
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any, Iterator

REWRITE_SECONDS = 1.0


def write_json(path: Path, value: Any, replace: bool = True, mode: int = 0o600) -> bool:
    """Writes `value` whole or not at all. With `replace=False` an existing file stays and the answer is False."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(value, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, mode)
        if replace:
            os.replace(temporary, path)
            return True
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
            return True
        return False
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)


def write_end(path: Path, value: Any, replace: bool = True) -> None:
    """As `write_json`, for how something ended: that must not get lost, so with a full disk it waits for room."""
    while True:
        try:
            write_json(path, value, replace)
            return
        except OSError as problem:
            if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
        time.sleep(REWRITE_SECONDS)


def used(folder: Path) -> None:
    """Notes that somebody uses it now; to be called under its lock."""
    try:
        folder.touch()
    except OSError:
        pass  # It can still be read; at worst it is made again later.


@contextlib.contextmanager
def locked(path: Path, waiting=None) -> Iterator[None]:
    """Holds an exclusive lock on `path`; the kernel frees it when the process ends, however it ends.

    `waiting` is called once when another process holds the lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def try_lock(path: Path):
    """An open, locked file, or None if another process holds the lock. Closing the file frees it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = open(path, "a", encoding="utf-8")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle
