"""Puts one commit of a repository into a folder, once. Standard library only."""
import base64
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Callable
from urllib.parse import unquote, urlsplit, urlunsplit

from files import locked, used

GIT_SECONDS = 600


class CheckoutProblem(Exception):
    """Why the code cannot be had, as a sentence for people."""


def checkout(home: Path, url: str, commit: str, log: Callable[[str], None]) -> Path:
    """Folder `<home>/code/<repository>/<commit>`; it appears whole or not at all. Raises CheckoutProblem."""
    if not re.fullmatch(r"[0-9a-f]{7,64}", commit):
        raise CheckoutProblem(f"'{commit}' is not a commit: 7 to 64 hexadecimal digits are expected.")
    plain, environment = _without_credentials(url)
    name = re.sub(r"[^A-Za-z0-9._-]", "-", Path(urlsplit(plain).path).name.removesuffix(".git")) or "repository"
    target = home / "code" / f"{name}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}" / commit
    # Also for what is there: what is removed for want of use is removed under this lock.
    with locked(target.with_name(f".{commit}.lock"), lambda: log("Another run fetches the same code; waiting for it.")):
        if target.exists():
            log(f"The code of {commit[:12]} is there already.")
        else:
            log(f"Fetching {name} at {commit[:12]}.")
            _fetch(plain, commit, target, environment)
        used(target)
    return target


def _without_credentials(url: str) -> tuple:
    """The URL without user and password, which go to git by its environment: neither `ps` nor a file shows them."""
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_COUNT": "1",
                   "GIT_CONFIG_KEY_0": "protocol.ext.allow", "GIT_CONFIG_VALUE_0": "never"}
    if os.path.isabs(url):
        return url, environment
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "file", "ssh"):
        raise CheckoutProblem("The clone URL must be http, https, ssh, file, or an absolute path.")
    if parts.scheme in ("http", "https") and parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        environment.update({"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_1": "http.extraHeader",
                            "GIT_CONFIG_VALUE_1": f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}"})
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, host, parts.path, parts.query, "")), environment
    return url, environment


def _fetch(url: str, commit: str, target: Path, environment: dict) -> None:
    temporary = target.with_name(f".{commit}.part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)

    def git(*arguments: str) -> subprocess.CompletedProcess:
        try:
            return subprocess.run(["git", "-C", str(temporary), *arguments], env=environment, capture_output=True,
                                  text=True, errors="replace", timeout=GIT_SECONDS, stdin=subprocess.DEVNULL, check=False)
        except FileNotFoundError:
            raise CheckoutProblem("git is not installed or not on PATH.") from None
        except subprocess.TimeoutExpired:
            raise CheckoutProblem(f"git did not answer within {GIT_SECONDS} s for {url}.") from None
    try:
        git("init", "--quiet")
        if git("fetch", "--quiet", "--depth", "1", "--", url, commit).returncode:
            # Servers may refuse to hand out a commit by its name; then everything is fetched.
            done = git("fetch", "--quiet", "--", url, "+refs/*:refs/fetched/*")
            if done.returncode:
                raise CheckoutProblem(f"The code cannot be fetched from {url}: {_last_line(done.stderr)}")
        done = git("checkout", "--quiet", "--detach", commit)
        if done.returncode:
            raise CheckoutProblem(f"Commit {commit} is not in {url}: {_last_line(done.stderr)}")
        shutil.rmtree(temporary / ".git")
        os.rename(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "git gave no reason"
