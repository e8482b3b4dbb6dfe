"""A Slack that answers every call at once, in a process of its own, and counts posts by the id
that each carries. `GET /counts` tells how many came, and how many different ones.

    python -m tests.bench.slack PORT
"""

import asyncio
import itertools
import json
import re
import sys
from collections import Counter
from urllib.parse import unquote_plus
from urllib.request import urlopen

from bot.slack.gateway import Gateway, Installation

_ID = re.compile(r'"id":\s*"([^"]+)"')
_CHANNEL = re.compile(r"(?:^|&)channel=([^&]+)")


class Slack:
    def __init__(self) -> None:
        self.posts: Counter[str] = Counter()
        self._ts = itertools.count(1)

    def answer(self, path: str, body: str) -> dict[str, object]:
        if path.endswith("/counts"):
            return {"posts": self.posts.total(), "different": len(self.posts)}
        if path.endswith("chat.postMessage"):
            decoded = unquote_plus(body)
            self.posts[_ID.findall(decoded)[-1]] += 1
            channel = _CHANNEL.search(body)
            ts = f"1800000000.{next(self._ts):06d}"
            return {"ok": True, "channel": channel[1] if channel else "D0", "ts": ts}
        if path.endswith("conversations.open"):
            return {"ok": True, "channel": {"id": "D0"}}
        return {"ok": True}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1])) if length else b""
                content = json.dumps(self.answer(path, body.decode())).encode()
                close = b"connection: close" in head.lower()
                writer.write(_head(len(content), close=close) + content)
                await writer.drain()
                if close:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _head(length: int, *, close: bool) -> bytes:
    connection = "close" if close else "keep-alive"
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        f"Content-Length: {length}\r\nConnection: {connection}\r\n\r\n"
    ).encode()


def gateway_to(port: int) -> Gateway:
    """The bot's own gateway, pointed at the stub."""
    installed = Installation("T1", "xoxb-bench")
    return Gateway(lambda _workspace: installed, f"http://127.0.0.1:{port}/api/")


def counts(port: int) -> tuple[int, int]:
    """Posts the stub at `port` has had, and how many different ones."""
    with urlopen(f"http://127.0.0.1:{port}/counts") as answer:
        said = json.load(answer)
    return said["posts"], said["different"]


async def _main(port: int) -> None:
    server = await asyncio.start_server(Slack().serve, "127.0.0.1", port, backlog=512)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
