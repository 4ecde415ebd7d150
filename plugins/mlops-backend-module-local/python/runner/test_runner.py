"""Tests of the parts that need no packages: `python3 -m unittest` in this folder."""
import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

import checkout
import environment
from files import locked, try_lock, used, write_end, write_json
from journal import Journal, secrets_of
from prune import prune
from reasons import reason_of

TRACEBACK = """working
Traceback (most recent call last):
  File "a.py", line 1, in <module>
    raise KeyError("first")
KeyError: 'first'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/code/src/plumbing/data.py", line 10, in extract
    raise DataProblem("...")
plumbing.data.DataProblem: columns missing in flights.csv: distance
and a second line of the message
""".split("\n")


class Reasons(unittest.TestCase):
    def test_it_is_what_was_raised_last_without_its_module(self):
        self.assertEqual(reason_of(1, TRACEBACK), "DataProblem: columns missing in flights.csv: distance")

    def test_an_error_without_message_is_its_name(self):
        self.assertEqual(reason_of(1, ["Traceback (most recent call last):", '  File "a"', "MemoryError"]), "MemoryError")

    def test_without_a_traceback_it_is_the_last_line(self):
        self.assertEqual(reason_of(2, ["usage: x", "x: no such option", ""]), "x: no such option")
        self.assertEqual(reason_of(2, []), "it ended with code 2 and printed nothing")

    def test_a_signal_is_named_also_when_a_shell_reports_it(self):
        for code in (-signal.SIGKILL, 128 + signal.SIGKILL):
            self.assertEqual(reason_of(code, TRACEBACK), "killed by signal 9, probably out of memory; free memory or use fewer rows, then rerun")
        self.assertEqual(reason_of(-signal.SIGSEGV, []), "ended by signal 11 (SIGSEGV)")
        self.assertEqual(reason_of(255, ["gave up"]), "gave up")


class Secrets(unittest.TestCase):
    def test_values_with_a_secret_name_are_found_inside_json_and_urls_too(self):
        transport = {"type": "http", "url": "http://u:pass-word@h", "auth": {"type": "api_key", "apiKey": "key-value"}}
        found = secrets_of({"PORTAL_TOKEN": "token-value", "OMP_NUM_THREADS": "1", "T": json.dumps(transport)}, ["http://a:other-word@h"])
        self.assertEqual(set(found), {"token-value", "key-value", "pass-word", "other-word"})

    def test_events_and_logs_do_not_hold_them(self):
        with tempfile.TemporaryDirectory() as folder:
            journal = Journal(Path(folder), ["token-value"])
            journal.event("step-started", step="a", inputs={"x": "token-value"})
            log = journal.log("loop-iteration-0/a")
            log.line("my token-value")
            log.close()
            self.assertIn('"x": "***"', (Path(folder) / "events.jsonl").read_text())
            self.assertRegex((Path(folder) / "logs/loop-iteration-0.a.log").read_text(), r"^\S+Z my \*\*\*\n$")


class Logs(unittest.TestCase):
    def test_a_log_that_is_too_long_ends_with_a_note(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch("journal.LOG_BYTES", 200):
            log = Journal(Path(folder)).log("a")
            for number in range(50):
                log.line(f"line {number}")
            log.close()
            lines = (Path(folder) / "logs/a.log").read_text().splitlines()
            self.assertLess(len(lines), 12)
            self.assertIn("the rest is left out", lines[-1])


class Files(unittest.TestCase):
    def test_the_first_result_stays(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "state.json"
            self.assertTrue(write_json(path, {"n": 1}, replace=False))
            self.assertFalse(write_json(path, {"n": 2}, replace=False))
            self.assertEqual(json.loads(path.read_text()), {"n": 1})
            self.assertEqual(os.listdir(folder), ["state.json"])

    def test_a_lock_is_free_once_its_process_is_killed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "lock"
            program = "import sys, time; from files import try_lock; from pathlib import Path; kept = try_lock(Path(sys.argv[1])); print(kept is not None, flush=True); time.sleep(60)"
            with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True) as holder:
                self.assertEqual(holder.stdout.readline(), "True\n")
                self.assertIsNone(try_lock(path))
                holder.kill()
                holder.wait()
            with try_lock(path) as mine:
                self.assertIsNotNone(mine)

    def test_a_waiter_is_told_that_it_waits(self):
        with tempfile.TemporaryDirectory() as folder:
            path, waits, done = Path(folder) / "lock", threading.Event(), []

            def second():
                with locked(path, waits.set):
                    done.append("second")
            with locked(path):
                thread = threading.Thread(target=second)
                thread.start()
                self.assertTrue(waits.wait(10))
                done.append("first")
            thread.join()
            self.assertEqual(done, ["first", "second"])


class FullDisk(unittest.TestCase):
    def test_a_line_of_a_log_that_cannot_be_written_does_not_end_the_step(self):
        with tempfile.TemporaryDirectory() as folder:
            journal = Journal(Path(folder))
            (Path(folder) / "logs/a.log").symlink_to("/dev/full")
            log = journal.log("a")
            log.line("lost")
            log.close()

    def test_a_torn_event_takes_no_other_with_it(self):
        with tempfile.TemporaryDirectory() as folder:
            events = Path(folder) / "events.jsonl"
            events.write_text('{"at": "2026-01-01", "ev')
            Journal(Path(folder)).event("run-started")
            Journal(Path(folder)).event("run-ended")
            self.assertEqual([json.loads(line)["event"] for line in events.read_text().splitlines()[1:]], ["run-started", "run-ended"])

    def test_an_end_is_written_once_there_is_room(self):
        full = OSError(errno.ENOSPC, "No space left on device")
        with mock.patch("files.write_json", side_effect=[full, full, True]) as write, mock.patch("files.REWRITE_SECONDS", 0):
            write_end(Path("state.json"), {"state": "succeeded"})
        self.assertEqual(write.call_count, 3)
        with mock.patch("files.write_json", side_effect=PermissionError(errno.EACCES, "no")), self.assertRaises(PermissionError):
            write_end(Path("state.json"), {})


class Unused(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)

    def leave(self, path: str, days: float) -> Path:
        folder = self.home / path
        folder.mkdir(parents=True)
        (folder / "content").write_text("x")
        at = time.time() - days * 24 * 3600
        os.utime(folder, (at, at))
        return folder

    def test_what_was_not_used_for_a_while_goes(self):
        old, new = self.leave("envs/steps-a", 31), self.leave("envs/steps-b", 29)
        code = self.leave("code/late-1/abc", 31)
        leftover = self.leave("envs/.gone-steps-c", 0)
        self.assertEqual(prune(self.home, 30), {"environments": ["steps-a"], "code": ["late-1/abc"]})
        self.assertEqual([path.exists() for path in (old, new, code, leftover)], [False, True, False, False])

    def test_what_a_process_or_the_gateway_has_in_use_stays(self):
        by_process, by_gateway = self.leave("envs/steps-a", 31), self.leave("envs/serving-b", 31)
        self.leave("envs/steps-ab", 31)
        (self.home / "gateway").mkdir()
        (self.home / "gateway/config.json").write_text(json.dumps({"python": f"{by_gateway}/bin/python"}))
        with subprocess.Popen(["sleep", "60"], env={"PATH": f"{by_process}/bin:{os.environ['PATH']}"}) as process:
            try:
                self.assertEqual(prune(self.home, 30)["environments"], ["steps-ab"])
            finally:
                process.kill()
        self.assertEqual(prune(self.home, 30)["environments"], ["steps-a"])

    def test_what_somebody_takes_up_at_that_moment_stays(self):
        folder = self.leave("envs/steps-a", 31)
        lock = folder.with_name(".steps-a.lock")
        with locked(lock):
            self.assertEqual(prune(self.home, 30)["environments"], [])

        def taken_up(path):
            used(folder)
            return try_lock(path)
        with mock.patch("prune.try_lock", side_effect=taken_up):
            self.assertEqual(prune(self.home, 30)["environments"], [])
        self.assertTrue((folder / "content").exists())

    def test_an_environment_is_used_when_it_is_asked_for(self):
        text = "six==1.0"
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        digest = hashlib.sha256(f"{version}\n{text}".encode()).hexdigest()[:12]
        folder = self.leave(f"envs/steps-{digest}/bin", 31).parent
        (folder / "bin/python").touch()
        (folder / "complete.json").touch()
        for path in (folder, folder / "complete.json"):
            os.utime(path, (0, 0))
        environment.ensure(self.home, "steps", text, print)
        self.assertEqual(prune(self.home, 30)["environments"], [])


class CloneUrls(unittest.TestCase):
    def test_the_password_goes_by_the_environment(self):
        url, variables = checkout._without_credentials("https://user:p%40ss@git.example.org/a.git")
        self.assertEqual(url, "https://git.example.org/a.git")
        self.assertEqual(variables["GIT_CONFIG_VALUE_1"], "Authorization: Basic dXNlcjpwQHNz")

    def test_urls_that_run_programs_and_words_that_are_no_commit_are_refused(self):
        for url in ("ext::sh -c id", "--upload-pack=id", "relative/path"):
            with self.assertRaises(checkout.CheckoutProblem):
                checkout._without_credentials(url)
        with self.assertRaisesRegex(checkout.CheckoutProblem, "'--help' is not a commit"):
            checkout.checkout(Path("/nowhere"), "/a", "--help", print)


class Explanations(unittest.TestCase):
    def test_each_cause_has_its_sentence(self):
        settings = {"UV_DEFAULT_INDEX": "http://me:word@index.example.org/simple"}
        network = environment.explain("error: Request failed\n cause: dns error", settings)
        self.assertTrue(network.startswith("The package index http://***@index.example.org/simple cannot be reached"))
        self.assertIn("No space is left", environment.explain("error: write: No space left on device (os error 28)", {}))
        self.assertIn("requires six==99", environment.explain("error: No solution: root requires six==99", {}))

    def test_uv_is_told_what_pip_knows(self):
        with mock.patch.dict(os.environ, {"PIP_INDEX_URL": "http://a/simple", "PIP_FIND_LINKS": "/wheels /more"}, clear=False):
            for name in ("UV_DEFAULT_INDEX", "UV_FIND_LINKS", "UV_CACHE_DIR"):
                os.environ.pop(name, None)
            told = environment._settings(Path("/home"))
        self.assertEqual(told["UV_DEFAULT_INDEX"], "http://a/simple")
        self.assertEqual(told["UV_FIND_LINKS"], "/wheels,/more")
        self.assertEqual(told["UV_CACHE_DIR"], "/home/cache/uv")

    def test_pip_is_asked_for_what_is_in_its_files(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "pip.conf"
            file.write_text("[global]\nindex-url = https://mirror.example.org/simple\nextra-index-url =\n    https://a.example.org\n    https://b.example.org\n")
            with mock.patch.dict(os.environ, {"PIP_CONFIG_FILE": str(file)}):
                for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX"):
                    os.environ.pop(name, None)
                told = environment._settings(Path("/home"))
        self.assertEqual(told["UV_DEFAULT_INDEX"], "https://mirror.example.org/simple")
        self.assertEqual(told["UV_INDEX"], "https://a.example.org https://b.example.org")

    def test_a_python_that_is_too_old_is_named(self):
        with mock.patch.object(environment, "OLDEST_PYTHON", (9, 9)), self.assertRaisesRegex(environment.EnvironmentProblem, "is too old"):
            environment.ensure(Path("/nowhere"), "a", "", print)


if __name__ == "__main__":
    unittest.main()
