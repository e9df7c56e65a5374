"""What tables of several files have in common: their base, durations, and words with a meaning."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class Seconds(float):
    """A duration in seconds, written in the file as a number with a unit: s, m, h, d or w."""

    __slots__ = ()


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the config file; unknown keys are errors."""


Name = Annotated[str, Meta(min_length=1)]
Slug = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
RuleName = Annotated[
    str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="kebab-case; the same in log, audit and command.")
]
Deeds = Literal["create", "join", "post"]
Kinds = Literal[
    "create",
    "join",
    "register",
    "subscribe",
    "archive",
    "post",
    "private",
    "subject",
    "nick",
    "status",
    "invite",
    "voice",
    "config",
    "affiliation",
    "role",
    "destroy",
    "query",
    "answer",
    "apply",
]
Surfaces = Literal[
    "body",
    "subject",
    "nick",
    "status",
    "room-name",
    "room-description",
    "reason",
    "link",
    "file",
    "reaction",
    "other",
]
