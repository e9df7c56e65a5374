"""A component that allows everything, as cheaply as Python can: what the hook itself costs, without Roomkeeper.

`python -m bench.allow PORT DOMAIN SECRET` over a plain socket; finds checks by scanning bytes.
"""

import contextlib
import re
import sys

from bench.wire import connect_component, read_more

_CHECK = re.compile(rb"<iq([^>]*)>\s*<check ")
_ATTRIBUTE = re.compile(rb" (id|from|to)=['\"]([^'\"]*)")
_VERDICT = (
    b"<iq type='result' id='%(id)s' from='%(to)s' to='%(from)s'>"
    b"<verdict xmlns='urn:roomkeeper:hook:1' action='allow'/></iq>"
)


def main(port: int, domain: str, secret: str) -> None:
    """Connect, say `ready`, and allow until the server hangs up."""
    connection = connect_component(port, domain, secret)
    connection.settimeout(None)
    print("ready", flush=True)
    data = b""
    with contextlib.suppress(ConnectionError):
        while True:
            data += read_more(connection)
            end = data.rfind(b"</iq>")
            if end < 0:
                continue
            answers = [_answer(check[1]) for check in _CHECK.finditer(data, 0, end)]
            connection.sendall(b"".join(answers))
            data = data[end:]


def _answer(attributes: bytes) -> bytes:
    return _VERDICT % dict(_ATTRIBUTE.findall(attributes))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
