"""A server on loopback that receives webhooks, and answers as it is told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Received:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> dict[str, object]:
        content: dict[str, object] = json.loads(self.body)
        return content


@dataclass
class Answer:
    """What a receiver says."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)


class Receiver(ThreadingHTTPServer):
    """Keeps what it receives; `answers` are given in turn, the last one ever after."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[Received] = []
        self.answers = [Answer()]
        self.lets_go = threading.Event()
        self.lets_go.set()
        self.has_come = threading.Event()

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def answer(self, received: Received) -> Answer:
        """Keep a request, and give the next answer once the test lets go."""
        self.received.append(received)
        self.has_come.set()
        self.lets_go.wait(30)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers = {name.lower(): text for name, text in self.headers.items()}
        answer = self.server.answer(Received(self.path, headers, body))
        try:
            self.send_response(answer.status)
            for name, text in answer.headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
        except OSError:
            pass  # whoever asked was killed meanwhile

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver for the length of the block."""
    with Receiver() as receiver:
        thread = threading.Thread(target=receiver.serve_forever, args=[0.02])
        thread.start()
        try:
            yield receiver
        finally:
            receiver.lets_go.set()
            receiver.shutdown()
            thread.join()
