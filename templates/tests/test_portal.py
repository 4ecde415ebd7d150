"""How the repository talks to the portal: a run that it starts, and a version that it registers."""

import json
import time

import pytest
import yaml

from fake_http import receiver

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def compiled(repositories):
    repository = repositories("flight-delay")
    assert repository.python("pipelines/pipeline.py").returncode == 0
    return repository


def run(repository, portal, *arguments, **environment):
    told = {"PORTAL_URL": portal.url, "PORTAL_TOKEN": "secret", "CI_COMMIT_SHA": COMMIT, "CI_JOB_ID": "77"}
    return repository.python(
        "pipelines/run.py", *arguments, **told, CI_COMMIT_MESSAGE="Try it", **environment
    )


def portal_with(states, restarts=0):
    """A portal whose run passes through `states`, away for the first `restarts` calls."""

    def answer(number, method, path, body):
        if number <= restarts:
            return 503, {"error": {"message": "starting"}}
        if method == "PUT":
            return 200, {"name": "flight-delay", "commit": COMMIT}
        step = {"id": "extract", "name": "extract", "state": "succeeded", "cached": True}
        state = states.pop(0) if method == "GET" else "waiting"
        reason = {"reason": "train: out of memory"} if state == "failed" else {}
        return 200, {"id": "run-1", "number": 4, "state": state, "steps": [step], **reason}

    return answer


def test_a_run_is_handed_over_started_once_and_followed_while_the_portal_restarts(compiled):
    with receiver(portal_with(["running", "succeeded"], restarts=1)) as portal:
        ran = run(compiled, portal)
    assert ran.returncode == 0, ran.stdout
    puts = [call for call in portal.calls if call[0] == "PUT"]
    assert [call[1] for call in puts] == [f"/api/mlops/pipelines/flight-delay/versions/{COMMIT}"] * 2
    body = puts[-1][3]
    assert yaml.safe_load(body["ir"])["pipelineInfo"]["name"] == "flight-delay"
    assert yaml.safe_load(body["problem"])["name"] == "flight-delay" and body["message"] == "Try it"
    (order,) = [call for call in portal.calls if call[0] == "POST"]
    assert order[1] == "/api/mlops/pipelines/flight-delay/runs"
    assert order[2]["authorization"] == "Bearer secret"
    assert order[3]["trigger"] == "commit" and order[3]["commit"] == COMMIT
    assert order[3]["idempotencyKey"] == f"flight-delay-{COMMIT}-77"
    assert (
        order[3]["parameters"]["until"] == "2001-03-15" and len(order[3]["parameters"]["data_version"]) == 64
    )
    assert "extract: succeeded, from the cache" in ran.stdout and "secret" not in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "until"),
    [
        ((), {"PIPELINE_UNTIL": "2001-03-08"}, "2001-03-08"),
        (("2001-03-10",), {"PIPELINE_UNTIL": "x"}, "2001-03-10"),
    ],
)
def test_the_argument_wins_over_the_environment_and_that_over_the_file(
    compiled, arguments, environment, until
):
    with receiver(portal_with(["succeeded"])) as portal:
        assert run(compiled, portal, *arguments, **environment).returncode == 0
    (order,) = [call[3] for call in portal.calls if call[0] == "POST"]
    assert order["parameters"]["until"] == until


def test_a_failed_run_fails_the_job_with_its_reason(compiled):
    with receiver(portal_with(["failed"])) as portal:
        ran = run(compiled, portal)
    assert ran.returncode == 1 and "train: out of memory" in ran.stdout


def test_a_refusal_fails_the_job_at_once_with_the_portals_reason(compiled):
    with receiver(lambda *_: (400, {"error": {"message": "ir is not a pipeline"}})) as portal:
        ran = run(compiled, portal)
    assert ran.returncode == 1 and "ir is not a pipeline" in ran.stdout and "Traceback" not in ran.stdout
    assert len(portal.calls) == 1


def register(done, url, wait=90):
    """The register step alone, with what the other steps left."""
    transport = {"type": "http", "url": url, "endpoint": "api/mlops/lineage/events", "timeout": 1}
    transport |= {"auth": {"type": "api_key", "apiKey": "secret"}, "retry": {"total": 0}}
    model, report = done.model, done.folder / "report"
    code = f"from plumbing import lineage, registration; lineage.ACCEPT_WITHIN = {wait}; "
    code += f"registration.register({str(model)!r}, {str(report)!r}, 'file:///m', [])"
    return done.repository.python("-c", code, OPENLINEAGE__TRANSPORT=json.dumps(transport), CI_JOB_ID="1")


def states(received):
    return [call[3]["eventType"] for call in received.calls]


@pytest.mark.parametrize("name", ["penguin-species"])
def test_a_registration_is_told_again_until_it_is_accepted(name, finished):
    with receiver(lambda number, *_: (503 if number < 4 else 200, {})) as hub:
        ran = register(finished(name), hub.url)
    assert ran.returncode == 0, ran.stdout
    assert states(hub) == ["START", "COMPLETE", "COMPLETE", "COMPLETE"]
    assert len({call[3]["run"]["runId"] for call in hub.calls}) == 1
    assert {call[2]["authorization"] for call in hub.calls} == {"Bearer secret"}


@pytest.mark.parametrize("name", ["penguin-species"])
def test_a_registration_that_is_refused_fails_at_once_with_the_reason(name, finished):
    refuse = (400, {"error": {"message": "sha256 is missing"}})
    with receiver(
        lambda number, method, path, body: refuse if body["eventType"] == "COMPLETE" else (200, {})
    ) as hub:
        ran = register(finished(name), hub.url)
    assert ran.returncode != 0 and "sha256 is missing" in ran.stdout
    assert states(hub) == ["START", "COMPLETE", "FAIL"]
    assert hub.calls[-1][3]["outputs"] == []


@pytest.mark.parametrize("name", ["penguin-species"])
def test_a_registration_that_nobody_takes_fails_and_says_what_to_do(name, finished):
    ran = register(finished(name), "http://127.0.0.1:9", wait=2)
    assert ran.returncode != 0 and "NotAccepted" in ran.stdout and "run again" in ran.stdout


@pytest.mark.parametrize("name", ["penguin-species"])
def test_a_step_is_not_harmed_by_a_receiver_that_never_answers(name, finished):
    done = finished(name)

    def hang(*_):
        time.sleep(20)
        return 200, {}

    with receiver(hang) as hub:
        transport = {"type": "http", "url": hub.url, "timeout": 5, "retry": {"total": 0}}
        code = "import time; from plumbing import lineage; began = time.monotonic()\n"
        code += "with lineage.step('features'): pass\nprint('lost', time.monotonic() - began)"
        ran = done.repository.python("-c", code, OPENLINEAGE__TRANSPORT=json.dumps(transport))
        assert ran.returncode == 0 and "was not taken" in ran.stdout
        assert float(ran.stdout.split("lost")[1]) < 8
        assert states(hub) == ["START"]
