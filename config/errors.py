"""What is wrong with a config file, said so that an operator can put it right.

ConfigError
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: in which file, at which key ("" for the file itself), and why."""

    file: Path
    key: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.file), self.key, self.reason) if part)


class ConfigError(Exception):
    """The file cannot be used; as text, one line a problem."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
