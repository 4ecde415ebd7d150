"""Runs the pipeline by the portal (PORTAL_URL, PORTAL_TOKEN): hands it over, starts a run, follows it."""

import json
import os
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

FINAL = ("succeeded", "failed", "stopped", "skipped")
TIMEOUT = 15  # seconds for one call
ABSENCE = 300  # seconds that the portal may be away, for example while it restarts
PAUSE = 1.0


class Refused(RuntimeError):
    """The portal does not want what it was sent."""


def run(name: str, package: Path, policy: Path, commit: str, parameters: dict) -> int:
    """Exit code: 0 where the run succeeded; why it did not is printed."""
    try:
        return _run(name, package, policy, commit, parameters)
    except (Refused, OSError) as error:
        print(error, flush=True)
        return 1


def _run(name: str, package: Path, policy: Path, commit: str, parameters: dict) -> int:
    compiled = {
        "ir": package.read_text(encoding="utf-8"),
        "problem": policy.read_text(encoding="utf-8"),
        "message": os.environ.get("CI_COMMIT_MESSAGE", "")[:500],
    }
    call("PUT", f"/pipelines/{name}/versions/{commit}", compiled)
    attempt = os.environ.get("CI_JOB_ID") or uuid.uuid4().hex
    order = {
        "trigger": "commit",
        "commit": commit,
        "parameters": parameters,
        "idempotencyKey": f"{name}-{commit}-{attempt}"[:200],
    }
    started = call("POST", f"/pipelines/{name}/runs", order)
    print(f"run {started['number']} of {name}: {started['id']}", flush=True)
    done = _follow(started["id"])
    print(f"run {done['number']}: {done['state']}", done.get("reason") or "", flush=True)
    return 0 if done["state"] == "succeeded" else 1


def _follow(run_id: str) -> dict:
    """Prints each step as its state changes, until the run is over."""
    seen = {}
    while True:
        now = call("GET", f"/runs/{run_id}")
        for step in now.get("steps", []):
            if seen.get(step["id"]) != step["state"]:
                seen[step["id"]] = step["state"]
                facts = [step["state"], "from the cache" if step.get("cached") else "", step.get("reason")]
                print(f"  {step['name']}: {', '.join(filter(None, facts))}", flush=True)
        if now["state"] in FINAL:
            return now
        time.sleep(PAUSE)


def call(method: str, path: str, body: dict | None = None, absence: float = ABSENCE) -> dict:
    """One call of the API, repeated while the portal is away: every call may safely be made twice.

    Refused with the portal's reason; OSError where it stays away for `absence` seconds.
    """
    token = os.environ.get("PORTAL_TOKEN", "")
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    url = os.environ["PORTAL_URL"].rstrip("/") + "/api/mlops" + path
    content = json.dumps(body).encode() if body is not None else None
    deadline, pause = time.monotonic() + absence, PAUSE
    while True:
        try:
            request = urllib.request.Request(url, content, headers, method=method)
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            reason = f"{method} {url} gave {error.code}: {_message(error)}"
            if error.code < 500 and error.code not in (408, 429):
                raise Refused(reason) from error
        except (OSError, ValueError) as error:
            reason = f"{method} {url}: {error}"
        if time.monotonic() + pause > deadline:
            raise OSError(f"the portal is away for more than {absence} s; {reason}")
        print(f"the portal does not answer, trying again ({reason})", flush=True)
        time.sleep(pause)
        pause = min(2 * pause, 10)


def _message(error: urllib.error.HTTPError) -> str:
    text = error.read().decode(errors="replace")
    try:
        return json.loads(text)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        return text[:300]
