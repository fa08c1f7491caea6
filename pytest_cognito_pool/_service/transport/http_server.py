"""The transport for other processes: an HTTP server on this machine, in front of the same router.

It is the standard library's server with three changes: Nagle's algorithm does not delay replies, the size of bodies is
limited, and threads and connections end with the server.
"""

from __future__ import annotations

import http.server
import socket
import socketserver
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from pytest_cognito_pool._service import locks
from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError
from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.protocol.http import HttpReply, HttpRequest, absolute

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    Answer = Callable[[HttpRequest], HttpReply]

# The longest body; the service's largest request, with images of a style, has 2 MB.
_LONGEST: Final = 8 * 1024 * 1024
_LONGEST_LINE: Final = 1024
_MOST_TRAILERS: Final = 20
_ENDS: Final = (b"\r\n", b"\n")
# In seconds: how long a client may send nothing, and how long a thread may take to end with the server.
_PATIENCE: Final = 30.0
_LAST_WAIT: Final = 5.0
_POLL: Final = 0.02
_METHODS: Final = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"


class Server:
    """An HTTP server, from `start` to `stop`.

    Args:
        answer: answers a request.
        host: the address it listens at.
        port: the port; 0 for any free one.
        context: for TLS; None for plain HTTP.

    Raises:
        OSError: if it cannot listen there.
    """

    def __init__(self, answer: Answer, host: str, port: int, context: ssl.SSLContext | None) -> None:
        self._server = _Listener((host, port), answer, context)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="pytest-cognito-pool server", daemon=True
        )

    @property
    def port(self) -> int:
        """The port that it listens at."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering: close the connections, and end their threads."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server.hang_up()


class _Listener(http.server.ThreadingHTTPServer):
    """Accepts connections, and remembers those that are open."""

    daemon_threads = True
    # Many clients may connect at once.
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], answer: Answer, context: ssl.SSLContext | None) -> None:
        self.answer = answer
        self.context = context
        self._lock = locks.new()
        self._open: dict[threading.Thread, socket.socket] = {}
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind, without looking up the name of the host."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection in its own thread."""
        thread = threading.Thread(target=self._serve, args=(request, client_address), daemon=True)
        with self._lock:
            self._open[thread] = request
        thread.start()

    def _serve(self, request: Any, client_address: Any) -> None:
        try:
            request.settimeout(_PATIENCE)
            if self.context is not None:
                # Not in the accepting thread: a slow handshake must not delay other clients.
                request = self.context.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
                with self._lock:
                    self._open[threading.current_thread()] = request
                request.do_handshake()
            self.finish_request(request, client_address)
        except OSError:
            # A client that vanished, or that does not speak TLS.
            pass
        finally:
            self.shutdown_request(request)
            with self._lock:
                del self._open[threading.current_thread()]

    def hang_up(self) -> None:
        """Close what is open, and wait until the threads have ended."""
        with self._lock:
            # A function that runs in one of the threads may stop the server.
            still_open = {thread: each for thread, each in self._open.items() if thread != threading.current_thread()}
        for thread, connection in still_open.items():
            # It may be closed already.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(_LAST_WAIT)


class _Bad(Exception):  # noqa: N818 - a request
    """A request whose body is refused; the connection ends with the reply."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Handler(http.server.BaseHTTPRequestHandler):
    """Reads requests of one connection, and writes the replies of the router."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    @property
    def _listener(self) -> _Listener:
        return cast("_Listener", self.server)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Print nothing."""

    def handle_expect_100(self) -> bool:
        """Ask for the body at once."""
        go_on = super().handle_expect_100()
        self.wfile.flush()
        return go_on

    def _answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            body = self._body(headers)
            # Refuse an invalid URL before anything is done.
            urlsplit(f"//{headers.get('host', '')}")
        except (_Bad, ValueError) as error:
            self.close_connection = True
            self._write(HttpReply(error.status if isinstance(error, _Bad) else 400), headers)
            return
        scheme = "http" if self._listener.context is None else "https"
        host = headers.get("host") or f"127.0.0.1:{self._listener.server_port}"
        url = absolute(self.path, f"{scheme}://{host}")
        if self.command == "OPTIONS":
            self._write(HttpReply(204), headers)
            return
        reply = self._reply(HttpRequest(self.command, url, headers, body))
        if reply is None:
            self.close_connection = True
        else:
            self._write(reply, headers)

    do_DELETE = do_GET = do_HEAD = do_OPTIONS = do_PATCH = do_POST = do_PUT = _answer  # noqa: N815 - the library's names

    def _reply(self, request: HttpRequest) -> HttpReply | None:
        """The reply; None if the client must get none, for example with an injected connection error."""
        try:
            return self._listener.answer(request)
        except UnsupportedOperationError as error:
            return _told(501, error)
        except Exception as error:  # noqa: BLE001 - the server goes on; the call has the error
            return None if model.is_botocores(type(error)) else _told(500, error)

    def _body(self, headers: dict[str, str]) -> bytes:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return self._chunks()
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            raise _Bad(400)
        # Python does not convert very long numbers.
        if len(length) > len(str(_LONGEST)) or int(length) > _LONGEST:
            raise _Bad(413)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise _Bad(400)
        return body

    def _chunks(self) -> bytes:
        body = b""
        while True:
            size = self._size()
            if len(body) + size > _LONGEST:
                raise _Bad(413)
            if size == 0:
                self._skip_trailers()
                return body
            body += self.rfile.read(size)
            if self.rfile.readline(_LONGEST_LINE) not in _ENDS:
                raise _Bad(400)

    def _skip_trailers(self) -> None:
        for _ in range(_MOST_TRAILERS):
            if self.rfile.readline(_LONGEST_LINE) in _ENDS:
                return
        raise _Bad(400)

    def _size(self) -> int:
        try:
            size = int(self.rfile.readline(_LONGEST_LINE).partition(b";")[0], 16)
        except ValueError:
            raise _Bad(400) from None
        if size < 0:
            raise _Bad(400)
        return size

    def _write(self, reply: HttpReply, headers: dict[str, str]) -> None:
        self.send_response_only(reply.status)
        for name, value in (*reply.headers, *_cors(headers)):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)
        self.wfile.flush()


def _told(status: int, error: Exception) -> HttpReply:
    """The exception as a text, for the log of the child process."""
    text = f"{type(error).__name__}: {error}\n".encode(errors="replace")
    return HttpReply(status, (("Content-Type", "text/plain;charset=UTF-8"),), text)


def _cors(headers: dict[str, str]) -> list[tuple[str, str]]:
    """The headers that let a page of any origin read the reply; none without an origin."""
    origin = headers.get("origin")
    if origin is None:
        return []
    allowed = headers.get("access-control-request-headers", "*")
    return [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Allow-Methods", _METHODS),
        ("Access-Control-Allow-Headers", allowed),
        ("Access-Control-Expose-Headers", "x-amzn-errortype, x-amzn-errormessage, x-amzn-requestid, date"),
        ("Access-Control-Max-Age", "600"),
        ("Vary", "Origin"),
    ]
