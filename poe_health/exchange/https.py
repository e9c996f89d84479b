"""Requests over HTTPS: certificates checked, nothing followed, nothing endless; a request is repeated as it was."""

import base64
import http.client
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from poe_health.exchange.errors import (
    ReceiverAnswerError,
    ReceiverRefusedError,
    ReceiverUnreachableError,
    SendingUnsafeError,
)

LARGEST_ANSWER = 32 * 1024 * 1024  # bytes
LONGEST_ANSWER_S = 120.0  # seconds from the first to the last byte of an answer
_PART = 64 * 1024
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """How we say who we are: a token, or a name with its password. Never shown, never logged."""

    header: str

    @classmethod
    def token(cls, kind: str, secret: str) -> "Credentials":
        """Return those of a token: ``ApiToken`` for DHIS2, ``Bearer`` for FHIR.

        Raises:
            SendingUnsafeError: the secret would break the header.
        """
        if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
            raise SendingUnsafeError("credentials")
        return cls(f"{kind} {secret}")

    @classmethod
    def basic(cls, user: str, password: str) -> "Credentials":
        """Return those of a name and a password (RFC 7617, UTF-8). Raises as ``token``."""
        if not user or ":" in user:
            raise SendingUnsafeError("credentials")
        return cls("Basic " + base64.b64encode(f"{user}:{password}".encode()).decode())

    def __repr__(self) -> str:
        return "Credentials()"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server. ``base`` is its address and the path that all requests share; ``ca_file`` adds to the trust.

    Seconds: ``timeout_s`` for each wait on the line, ``pause_s`` before the first repetition, doubled each time.
    """

    base: str
    credentials: Credentials
    ca_file: Path | None = None
    timeout_s: float = 30.0
    tries: int = 4
    pause_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    status: int
    document: Any


class Https:
    """Posts JSON to one server. A reply that was lost, a busy server, a broken line: the same bytes are sent again.

    Who uses this makes requests that may arrive twice. ``pause`` waits so many seconds.

    Raises:
        SendingUnsafeError: the address is not https, or its own trust file cannot be read.
    """

    def __init__(self, endpoint: Endpoint, pause: Callable[[float], None]) -> None:
        self._endpoint, self._pause = endpoint, pause
        parts = urlsplit(endpoint.base)
        self.host = parts.hostname or ""
        if parts.scheme != "https" or not self.host or parts.username or parts.query or parts.fragment:
            raise SendingUnsafeError("not_https", self.host)
        self._port, self._path = parts.port or 443, parts.path.rstrip("/")
        try:
            self._trust = ssl.create_default_context(cafile=None)
            if endpoint.ca_file is not None:
                self._trust.load_verify_locations(endpoint.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise SendingUnsafeError("certificate", self.host) from error
        self._trust.minimum_version = ssl.TLSVersion.TLSv1_2

    def post(
        self, path: str, query: Mapping[str, str], document: object, content_type: str = "application/json"
    ) -> Reply:
        """Return the answer to the document, sent as UTF-8 JSON.

        Statuses of refusal with a report in them (400, 409, 413, 422) are answers; the caller reads them.

        Raises:
            ReceiverUnreachableError: no answer after all tries.
            ReceiverRefusedError: the server does not let us in, or does not know the address.
            SendingUnsafeError: its certificate does not prove, or it sends us elsewhere.
            ReceiverAnswerError: the answer is no JSON, or too large.
        """
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
        target = f"{self._path}{path}?{urlencode(query)}" if query else f"{self._path}{path}"
        pause = self._endpoint.pause_s
        for number in range(1, self._endpoint.tries + 1):
            wanted = None
            try:
                status, wanted, content = self._once(target, body, content_type)
            except ssl.SSLCertVerificationError as error:
                raise SendingUnsafeError("certificate", self.host) from error
            except (OSError, http.client.HTTPException) as error:
                if number == self._endpoint.tries:
                    raise ReceiverUnreachableError(self.host, number) from error
            else:
                if status not in _AGAIN:
                    return self._answer(status, content)
                if number == self._endpoint.tries:
                    raise ReceiverRefusedError(self.host, status)
            self._pause(min(max(pause, wanted or 0.0), _LONGEST_PAUSE_S))
            pause *= 2
        raise ReceiverUnreachableError(self.host, self._endpoint.tries)

    def _once(self, target: str, body: bytes, content_type: str) -> tuple[int, float | None, bytes]:
        line = http.client.HTTPSConnection(self.host, self._port, timeout=self._endpoint.timeout_s, context=self._trust)
        try:
            line.request("POST", target, body, self._headers(content_type))
            response = line.getresponse()
            content = _read(response)
            if response.length and len(content) <= LARGEST_ANSWER:  # the line broke in the middle of the answer
                raise http.client.IncompleteRead(content, response.length)
            return response.status, _seconds(response.getheader("Retry-After")), content
        finally:
            line.close()

    def _headers(self, content_type: str) -> dict[str, str]:
        return {
            "Authorization": self._endpoint.credentials.header,
            "Content-Type": content_type,
            "Accept": content_type.partition(";")[0],
            "User-Agent": "BMIS port health",
            "Connection": "close",
        }

    def _answer(self, status: int, content: bytes) -> Reply:
        if 300 <= status < 400:
            raise SendingUnsafeError("redirect", self.host)
        if status in {401, 403, 404, 405, 406, 407, 410, 415, 501}:
            raise ReceiverRefusedError(self.host, status)
        if len(content) > LARGEST_ANSWER:
            raise ReceiverAnswerError(self.host)
        try:
            document = json.loads(content) if content.strip() else None
        except (ValueError, RecursionError) as error:
            if status == 413:
                return Reply(status, None)  # a gateway says so in HTML
            if status >= 400:
                raise ReceiverRefusedError(self.host, status) from error
            raise ReceiverAnswerError(self.host) from error
        return Reply(status, document)


def _read(response: http.client.HTTPResponse) -> bytes:
    """Return the answer up to our limit. Raises TimeoutError: it comes so slowly that it would never end."""
    begun, parts, size = time.monotonic(), [], 0
    while size <= LARGEST_ANSWER and (part := response.read1(_PART)):
        parts.append(part)
        size += len(part)
        if time.monotonic() - begun > LONGEST_ANSWER_S:
            raise TimeoutError
    return b"".join(parts)


def _seconds(said: str | None) -> float | None:
    return float(said) if said is not None and said.isascii() and said.isdigit() and len(said) < 6 else None
