#!/usr/bin/env python3
"""A verification service for Roomkeeper's provider `http`, to begin from: `decide` and `send_sms` are yours to write.

    identity_service.py PORT SECRET_FILE      listens on 127.0.0.1; put a proxy with TLS before it, or use it from there

It needs nothing but Python. What it keeps in memory belongs into a database: requests come again after a failure, under
the same `Idempotency-Key`, and must get the same answer.
"""

import hmac
import json
import secrets
import sys
import threading
import time
import urllib.request
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SKEW_S = 300
MOST_BYTES = 65536

PEOPLE = {  # by document number: name, and a telephone or None
    "A100": ("Anna Xu", "+10000000100"),
    "B200": ("Ben Li", None),
}
answered = {}  # by idempotency key: the answer given before
codes = {}  # by request: the code that was sent


def decide(request):
    """A verdict on `request`: approved, refused, challenge (with a prompt), or pending (with `call_back` later)."""
    if request["step"] == "ping":  # from `roomkeeper doctor`
        return {"verdict": "pending"}
    if request["step"] == "code":
        is_right = hmac.compare_digest(request["code"].encode(), codes.get(request["request"], "").encode())
        return {"verdict": "approved" if is_right else "challenge"}
    fields = request["fields"]
    name, telephone = PEOPLE.get(fields["number"].upper(), (None, None))
    if name != fields["name"]:
        return {"verdict": "refused"}
    if telephone is None:  # somebody has to look into a folder first
        threading.Timer(1, call_back, (request, {"verdict": "approved"})).start()
        return {"verdict": "pending"}
    codes[request["request"]] = f"{secrets.randbelow(10**6):06}"
    send_sms(telephone, codes[request["request"]])
    return {"verdict": "challenge", "prompt": {"en": "Enter the code we sent you.", "zh-Hans": "请输入短信验证码。"}}


def send_sms(telephone, code):
    """Here it is only printed."""
    print(f"SMS to {telephone}: {code}", flush=True)


def sign(purpose, body):
    """The headers that make Roomkeeper believe a body."""
    now = str(int(time.time()))
    return {"Roomkeeper-Timestamp": now, "Roomkeeper-Signature": "v1=" + mac(purpose, now, body)}


def mac(purpose, timestamp, body):
    """HMAC-SHA-256 over what it is for, when, and the body as it was sent."""
    return hmac.new(SECRET, f"v1:{purpose}:{timestamp}:".encode() + body, sha256).hexdigest()


def is_signed(headers, body):
    """Whether Roomkeeper sent this, and just now."""
    timestamp = headers.get("Roomkeeper-Timestamp", "")
    given = headers.get("Roomkeeper-Signature", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > SKEW_S:
        return False
    return hmac.compare_digest(given.encode(), ("v1=" + mac("request", timestamp, body)).encode())


def call_back(request, verdict):
    """Tell the verdict on a request that was answered with `pending`; 409 means that it is decided already."""
    body = json.dumps({"request": request["request"], **verdict}).encode()
    headers = {"Content-Type": "application/json", **sign("callback", body)}
    urllib.request.urlopen(urllib.request.Request(request["callback"], body, headers), timeout=10).close()


class Handler(BaseHTTPRequestHandler):
    """One webhook: checked, decided, and answered with a signature."""

    def do_POST(self):
        """The only thing Roomkeeper sends."""
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(min(length, MOST_BYTES))
        if not is_signed(self.headers, body):
            self.send_error(401)
            return
        request = json.loads(body)
        key = self.headers["Idempotency-Key"]
        if key not in answered:
            answered[key] = json.dumps({"request": request["request"], **decide(request)}).encode()
        self.send_response(200)
        for name, value in sign("answer", answered[key]).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answered[key])))
        self.end_headers()
        self.wfile.write(answered[key])

    def log_message(self, *_):
        """Nothing: what is asked is about people."""


if __name__ == "__main__":
    SECRET = Path(sys.argv[2]).read_text().strip().encode()
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
