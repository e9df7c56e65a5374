"""What a rule may look for in a stanza; a condition is made of others as well."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from config.settings.shared import Name, Seconds, Section

Count = Annotated[int, Meta(ge=1)]
Arrivals = Annotated[int, Meta(ge=1, le=200)]
Share = Annotated[float, Meta(gt=0, le=1)]
Run = Annotated[int, Meta(ge=3)]
Files = Literal["image", "audio", "video", "document", "archive", "program", "other"]


class Links(Section, frozen=True, kw_only=True):
    """Links, by where they lead. With nothing but `allow`, every other link counts; an empty table: every link."""

    domains: Annotated[
        tuple[Name, ...], Meta(description="These and all below them; one without a dot is a whole top-level domain.")
    ] = ()
    domain_files: Annotated[tuple[Name, ...], Meta(description="Files of such domains, one a line.")] = ()
    shorteners: Annotated[bool, Meta(description="Link shorteners, which hide where they lead.")] = False
    punycode: Annotated[bool, Meta(description="Domains with letters beyond ASCII, written either way.")] = False
    allow: Annotated[tuple[Name, ...], Meta(description="Never these, nor anything below them.")] = ()


class Caps(Section, frozen=True, kw_only=True):
    """Shouting: capitals among the letters of a text that have both cases."""

    share: Annotated[float, Meta(gt=0, le=1, description="The part of the letters that are capitals.")] = 0.8
    letters: Annotated[int, Meta(ge=1, description="Texts with fewer letters never count.")] = 20


class Length(Section, frozen=True, kw_only=True):
    """How long a text is; each key that is given is enough by itself."""

    chars: Annotated[Count | None, Meta(description="Has at least so many characters.")] = None
    lines: Annotated[Count | None, Meta(description="Has at least so many lines.")] = None
    repeats: Annotated[Run | None, Meta(description="Has one character at least so many times in a row.")] = None
    marks: Annotated[Run | None, Meta(description="Has at least so many marks piled on one letter.")] = None


class Age(Section, frozen=True, kw_only=True):
    """Time since the person was verified; somebody not verified has been here for no time at all."""

    under: Annotated[Seconds | None, Meta(description="Less than this.")] = None
    over: Annotated[Seconds | None, Meta(description="This or more.")] = None


class Flood(Section, frozen=True, kw_only=True):
    """Too much within a time; each of messages, chars and joins is enough by itself.

    What is refused counts all the same; a correction (XEP-0308) of one's own message does not. Presences count as
    messages in rules whose `kinds` name them.
    """

    messages: Annotated[Count | None, Meta(description="More than so many messages.")] = None
    chars: Annotated[Count | None, Meta(description="More than so many characters in messages.")] = None
    joins: Annotated[
        Arrivals | None, Meta(description="More than so many joins; in a room each person counts once.")
    ] = None
    within: Annotated[Seconds, Meta(description="The time in which they came.")] = Seconds(30)
    by: Annotated[
        Literal["person-here", "person", "room"] | None,
        Meta(
            description="Whose they are: the person's in this room, the person's anywhere, everybody's in this room; "
            "absent: person-here, for joins room."
        ),
    ] = None


class Duplicates(Section, frozen=True, kw_only=True):
    """The same text again or nearly: numbers, emoji, signs, the tails of links and the order of words do not matter."""

    copies: Annotated[int, Meta(ge=2, le=100, description="From so many on, this one counted.")] = 3
    within: Annotated[Seconds, Meta(description="The time in which they came.")] = Seconds(600)
    by: Annotated[
        Literal["person", "anybody"], Meta(description="Whose copies count: the person's own, or everybody's.")
    ] = "person"
    across_rooms: Annotated[bool, Meta(description="Those in other rooms count too.")] = True
    similarity: Annotated[
        float, Meta(ge=0.5, le=1, description="How much of two texts must be common: 1 for all that matters.")
    ] = 0.7
    letters: Annotated[
        int, Meta(ge=10, description="Texts with fewer letters never count; an ideograph counts as two.")
    ] = 24


class Mentions(Section, frozen=True, kw_only=True):
    """Naming many at once, by nickname or reference (XEP-0372); each key that is given is enough by itself."""

    people: Annotated[Count | None, Meta(description="Names at least so many of those who are in the room.")] = None
    share: Annotated[
        Share | None, Meta(description="Names so large a part of the others in the room, three at least.")
    ] = None
    everyone: Annotated[bool, Meta(description="Calls everybody at once: `@all`, `@everyone`, `@所有人`.")] = False


class Condition(Section, frozen=True, kw_only=True):
    """What to look for. Every key that is given must be met; any of its words and patterns meets those."""

    words: Annotated[tuple[str, ...], Meta(description="Words or phrases, matched in any case.")] = ()
    word_files: Annotated[tuple[str, ...], Meta(description="Files of words, one a line, # for comments.")] = ()
    patterns: Annotated[
        tuple[str, ...], Meta(description="Regular expressions in RE2's syntax, in any case, matched in linear time.")
    ] = ()
    whole_word: Annotated[
        bool, Meta(description="A word must not be part of a longer one (scripts with spaces only).")
    ] = True
    across_punctuation: Annotated[
        bool, Meta(description="A word in ideographs may also stretch over commas, stops and other ends of clauses.")
    ] = False
    links: Links | None = None
    mixed_script: Annotated[
        bool, Meta(description="A word that passes letters of one script off as another's; never a script as such.")
    ] = False
    caps: Caps | None = None
    length: Length | None = None
    attachments: Annotated[tuple[Files, ...], Meta(description="A file of one of these kinds.")] = ()
    person_age: Age | None = None
    flood: Flood | None = None
    duplicates: Duplicates | None = None
    mentions: Mentions | None = None
    membership_age: Annotated[
        Age | None, Meta(description="Time since the writer became a member of the room; nobody's is none at all.")
    ] = None
    first_message: Annotated[
        bool, Meta(description="The writer never posted in this room before, as a member of it.")
    ] = False
    all_of: Annotated[tuple["Condition", ...], Meta(description="Each of these must be met.")] = msgspec.field(
        name="all", default=()
    )
    any_of: Annotated[tuple["Condition", ...], Meta(description="One of these must be met.")] = msgspec.field(
        name="any", default=()
    )
    none_of: 'Annotated[Condition | None, Meta(description="This must not be met.")]' = msgspec.field(
        name="not", default=None
    )
