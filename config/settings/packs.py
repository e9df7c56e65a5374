"""What stands in a file of rules that is shared: rules, and examples that prove them."""

from typing import Annotated

from msgspec import Meta

from config.settings.rules import Rule
from config.settings.shared import Kinds, Name, RuleName, Seconds, Section, Surfaces


class Example(Section, frozen=True, kw_only=True):
    """A text that shows what a pack does."""

    text: Annotated[Name, Meta(description="What somebody writes.")]
    hits: Annotated[tuple[RuleName, ...], Meta(description="The pack's rules that hit it, all of them; empty: none.")]
    surface: Annotated[Surfaces, Meta(description="Where it is written.")] = "body"
    kind: Annotated[Kinds, Meta(description="The kind of stanza it comes in.")] = "post"
    verified: Annotated[Seconds, Meta(description="How long ago the writer was verified.")] = Seconds(365 * 86400)
    member: Annotated[Seconds, Meta(description="How long ago the writer became a member of the room.")] = Seconds(
        365 * 86400
    )
    first: Annotated[bool, Meta(description="It is the writer's first message there.")] = False
    after: Annotated[
        tuple[Name, ...], Meta(description="What came before it, a second apart, the latest last; all of one kind.")
    ] = ()
    from_others: Annotated[bool, Meta(description="Each of `after` was somebody else's, not the writer's.")] = False
    occupants: Annotated[tuple[Name, ...], Meta(description="Nicknames of others in the room.")] = ()


class Pack(Section, frozen=True, kw_only=True):
    """A file of rules that belong together, with examples that prove them."""

    about: Annotated[Name, Meta(description="What it is against, in a sentence.")]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...] = ()
