"""Tells what happens as it happens: coloured on a terminal, plain elsewhere. Knows nothing of XMPP."""

import os
import shutil
import sys
import textwrap
import unicodedata

_HANG = 11
_STYLES = {"scene": "1;36", "name": "1", "told": "2", "seen": "33", "run": "32", "fault": "1;31"}


class NotAsToldError(AssertionError):
    """A step came out otherwise than the story has it."""


class Teller:
    """Writes to stdout."""

    def __init__(self) -> None:
        """Colour and width are the terminal's (https://no-color.org)."""
        self._is_coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._columns = min(shutil.get_terminal_size((110, 24)).columns, 120)
        self._scenes = 0

    def scene(self, title: str) -> None:
        """Begin a part of the story."""
        self._scenes += 1
        self._write("\n" + self._style("scene", f"── {self._scenes}. {title} "))

    def tell(self, text: str) -> None:
        """What the audience should know."""
        for line in self._wrap(text, _HANG):
            self._write(" " * _HANG + self._style("told", line))

    def does(self, name: str, text: str) -> None:
        """Somebody does something."""
        head = self._style("name", name.rjust(_HANG - 2))
        for number, line in enumerate(self._wrap(text, _HANG)):
            self._write(f"{head if number == 0 else ' ' * (_HANG - 2)}  {line}")

    def sees(self, name: str, text: str) -> None:
        """What somebody's client shows, word by word."""
        head = f"{name} sees".rjust(_HANG + 1)
        for number, line in enumerate(self._wrap(text, _HANG + 4)):
            self._write(f"{head if number == 0 else ' ' * len(head)} {self._style('seen', '│ ' + line)}")

    def runs(self, command: str, output: str) -> None:
        """The operator runs a command, and what it printed."""
        self._write(f"{' ' * _HANG}{self._style('run', '$ ' + command)}")
        for line in output.strip().splitlines():
            self._write(f"{' ' * _HANG}{line}")

    def lines(self, *lines: str) -> None:
        """Plain lines."""
        for line in lines:
            self._write(line)

    def fault(self, text: str) -> None:
        """Something was not as told; goes to stderr."""
        sys.stdout.flush()
        print(self._style("fault", text), file=sys.stderr, flush=True)

    def _style(self, style: str, text: str) -> str:
        return f"\033[{_STYLES[style]}m{text}\033[0m" if self._is_coloured else text

    def _wrap(self, text: str, indent: int) -> list[str]:
        room = max(40, self._columns - indent)
        lines: list[str] = []
        for line in text.splitlines():
            # A line of Chinese has no spaces to break at, and each of its characters takes two columns.
            is_wide = sum(map(_is_wide, line)) * 3 > len(line)
            lines += textwrap.wrap(line, room // 2 if is_wide else room, break_on_hyphens=False) or [""]
        return lines

    @staticmethod
    def _write(line: str) -> None:
        print(line, flush=True)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}
