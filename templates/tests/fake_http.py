"""An HTTP server that keeps what it was sent and answers as a test says."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Received:
    """Method, path, headers and body (as an object) of every request."""

    def __init__(self, answer):
        self.answer, self.calls, self.lock, self.url = answer, [], threading.Lock(), ""

    def take(self, method: str, path: str, headers: dict, body) -> tuple:
        with self.lock:
            self.calls.append((method, path, headers, body))
            return self.answer(len(self.calls), method, path, body)


@contextmanager
def receiver(answer):
    """A running server; `answer(number, method, path, body)` gives status and object."""
    received = Received(answer)

    class Handler(BaseHTTPRequestHandler):
        def handle_all(self):
            size = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            status, told = received.take(
                self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body
            )
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = handle_all

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        received.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield received
        finally:
            server.shutdown()
