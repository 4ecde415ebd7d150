"""Makes a Python environment from a requirements file, once, with uv. Standard library only.

As a program: a JSON object {home, name, text, uv?} on standard input; on standard output one JSON object a line:
{"progress": "..."} while it works, then {"python": path, "bin": path} or {"error": "..."}.
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Callable, Optional

from files import locked, used, write_json

OLDEST_PYTHON = (3, 10)
INSTALL_SECONDS = 1800
COMPLETE = "complete.json"
NO_NETWORK = re.compile(
    r"error sending request|dns error|failed to lookup|connection refused|timed out|tunnel error|NewConnectionError|"
    r"Could not connect|network is unreachable|Failed to fetch|No matching distribution found for uv", re.I)
CREDENTIALS = re.compile(r"(\w+://)[^/\s@]+@")
Log = Callable[[str], None]


class EnvironmentProblem(Exception):
    """Why an environment cannot be made, as a sentence for people."""


def ensure(home: Path, name: str, text: str, log: Log, uv: Optional[str] = None) -> dict:
    """Folder `<home>/envs/<name>-<digest>` with the packages of `text`; built once, whoever asks, however many ask.

    An environment cannot be moved once made, so it is built in place and counts only when its last file is there.
    Raises EnvironmentProblem.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise EnvironmentProblem(f"Python {sys.version.split()[0]} at {sys.executable} is too old: 3.10 or later is needed.")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(f"{version}\n{text}".encode()).hexdigest()
    folder = home / "envs" / f"{name}-{digest[:12]}"
    result = {"python": str(folder / "bin" / "python"), "bin": str(folder / "bin")}
    try:
        # Also for one that is there: what is removed for want of use is removed under this lock.
        with locked(folder.with_name(f".{folder.name}.lock"), lambda: log("Another process makes this environment; waiting for it.")):
            if not _complete(folder):
                _build(home, folder, text, log, uv)
                write_json(folder / COMPLETE, {"sha256": digest, "python": version})
            used(folder)
    except OSError as problem:
        raise EnvironmentProblem(f"The environment cannot be made under {home}: {problem.strerror}. Free space or set another data folder.") from problem
    return result


def _complete(folder: Path) -> bool:
    return (folder / COMPLETE).exists() and (folder / "bin" / "python").exists()


def _build(home: Path, folder: Path, text: str, log: Log, configured: Optional[str]) -> None:
    environment = _settings(home)
    uv = find_uv(home, configured, environment, log)
    log(f"Making the environment {folder.name}.")
    _offline_first([uv, "venv", "--seed", "--quiet", "--python", sys.executable, str(folder)], environment, log,
                   lambda: shutil.rmtree(folder, ignore_errors=True))
    requirements = folder / "requirements.txt"
    requirements.write_text(text, encoding="utf-8")
    install = [uv, "pip", "install", "--python", str(folder / "bin" / "python"), "-r", str(requirements)]
    if "--hash=" in text:
        install.append("--require-hashes")
    _offline_first(install, environment, log)


def _offline_first(command: list, environment: dict, log: Log, clean: Callable[[], None] = lambda: None) -> None:
    """With a warm cache this takes a fraction of the time, and no network. `clean` is called before each try."""
    clean()
    try:
        _run([*command, "--offline"], environment, lambda line: None)
    except EnvironmentProblem:
        clean()
        _run(command, environment, log)


def find_uv(home: Path, configured: Optional[str], environment: dict, log: Log) -> str:
    """Path of uv: the configured one, ours, the one on PATH; else it is installed from the package index, once."""
    if configured:
        if not os.access(configured, os.X_OK):
            raise EnvironmentProblem(f"uv is configured as {configured}, which is not a program. Correct the path or leave it out.")
        return configured
    ours = home / "tools" / "uv"
    program = ours / "bin" / "uv"
    if os.access(program, os.X_OK):
        return str(program)
    if found := shutil.which("uv", path=environment.get("PATH")):
        return found
    with locked(home / "tools" / ".uv.lock"):
        if not os.access(program, os.X_OK):
            log("Installing uv.")
            _install_uv(ours, environment, log)
    return str(program)


def _install_uv(target: Path, environment: dict, log: Log) -> None:
    temporary = target.with_name(f".uv-{os.getpid()}")
    shutil.rmtree(temporary, ignore_errors=True)
    if _succeeds([sys.executable, "-m", "pip", "--version"], environment):
        _run([sys.executable, "-m", "pip", "install", "--quiet", "--root-user-action=ignore", "--target", str(temporary), "uv"], environment, log)
    elif _succeeds([sys.executable, "-c", "import ensurepip"], environment):
        # A virtual environment knows its own path, so this one is made where it stays.
        shutil.rmtree(target, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(target)], environment, log)
        return _run([str(target / "bin" / "python"), "-m", "pip", "install", "--quiet", "--root-user-action=ignore", "uv"], environment, log)
    else:
        raise EnvironmentProblem(f"Python at {sys.executable} has neither pip nor venv. Install them (Debian, Ubuntu: apt install python3-venv) or install uv.")
    shutil.rmtree(target, ignore_errors=True)
    os.rename(temporary, target)


def _settings(home: Path) -> dict:
    """uv ignores pip's settings; those of this machine are told to it, unless it has its own."""
    environment = dict(os.environ)
    files = _pip_settings()

    def pip(name: str) -> str:
        return environment.get(f"PIP_{name.upper().replace('-', '_')}") or files.get(name, "")
    wanted = {
        "UV_DEFAULT_INDEX": pip("index-url"),
        "UV_INDEX": pip("extra-index-url"),
        "UV_FIND_LINKS": ",".join(pip("find-links").split()),
        "UV_INSECURE_HOST": pip("trusted-host"),
        "UV_HTTP_TIMEOUT": pip("default-timeout") or pip("timeout"),
        "SSL_CERT_FILE": pip("cert"),
        "UV_CACHE_DIR": str(home / "cache" / "uv"),
    }
    for name, value in wanted.items():
        if value and not environment.get(name):
            environment[name] = value
    return {**environment, "UV_NO_PROGRESS": "1", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}


def _pip_settings() -> dict:
    """Settings in pip's files by their name, e.g. "index-url"."""
    try:
        done = subprocess.run([sys.executable, "-m", "pip", "config", "list"],
                              capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    pairs = re.findall(r"^(?:install|global)\.([a-z-]+)='(.*)'$", done.stdout, re.M)
    return {name: " ".join(value.replace("\\n", " ").split()) for name, value in pairs}


def _succeeds(command: list, environment: dict) -> bool:
    return subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False).returncode == 0


def _run(command: list, environment: dict, log: Log) -> None:
    lines = []
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace") as process:
        overdue = threading.Timer(INSTALL_SECONDS, process.kill)
        overdue.start()
        try:
            for line in process.stdout:
                if line := CREDENTIALS.sub(r"\1***@", line.rstrip()):
                    lines.append(line)
                    log(line)
            code = process.wait()
        except BaseException:
            # A request to stop comes as an exception; the installation must not go on behind it.
            process.kill()
            raise
        finally:
            overdue.cancel()
    if code < 0:
        raise EnvironmentProblem(f"{Path(command[0]).name} was ended by signal {-code} (it may run for {INSTALL_SECONDS} s at most); try again.")
    if code:
        raise EnvironmentProblem(explain("\n".join(lines), environment))


def explain(output: str, environment: dict) -> str:
    """One sentence of what uv or pip printed: what happened and what to do."""
    index = CREDENTIALS.sub(r"\1***@", environment.get("UV_DEFAULT_INDEX") or "https://pypi.org/simple")
    told = " ".join(output[max(output.find("error:"), 0):].split())[:600]
    if re.search(r"no space left on device|os error 28", output, re.I):
        return f"No space is left for Python packages; free some and try again. ({told[:200]})"
    if NO_NETWORK.search(output):
        return f"The package index {index} cannot be reached; check the network, or set an index in pip's configuration. ({told[:200]})"
    return f"The packages cannot be installed: {told}"


def main() -> int:
    request = json.load(sys.stdin)

    def say(**facts) -> None:
        print(json.dumps(facts), flush=True)
    try:
        say(**ensure(Path(request["home"]), request["name"], request["text"], lambda line: say(progress=line), request.get("uv")))
        return 0
    except EnvironmentProblem as problem:
        say(error=str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main())
