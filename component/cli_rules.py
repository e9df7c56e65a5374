"""`roomkeeper rules`: try, lint and replay rules of moderation before they go live, and see what live ones do."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from component.command_line import MISUSED, compile_rules, config_option, fail, load_config, with_store

if TYPE_CHECKING:
    from storage.rule_stats import RuleRecord
    from storage.store import Store


@click.group()
def rules() -> None:
    """Try, lint and replay the rules of moderation before they go live; see what live ones do."""


@rules.command("try")
@click.argument("text")
@config_option
@click.option("--surface", default="body", show_default=True, help="Where it is written, as `surfaces` has it.")
@click.option("--kind", default="post", show_default=True, help="The kind of stanza, as `kinds` has it.")
@click.option("--room", help="The room's address.")
@click.option("--category", help="The room's category.  [default: that of rooms nobody classified]")
@click.option("--scale", help="The room's scale class, likewise.")
@click.option("--activity", help="The room's class by activity.  [default: the quietest]")
@click.option("--tier", help="The writer's tier, or `unverified`.  [default: that of newly verified people]")
@click.option("--role", default="participant", show_default=True, help="The writer's role in the room.")
@click.option("--verified", default="365d", show_default=True, help="How long ago the writer was verified.")
@click.option("--member", default="365d", show_default=True, help="How long the writer has been a member of the room.")
@click.option("--first", is_flag=True, help="It is the writer's first message there.")
@click.option("--file", "has_file", is_flag=True, help="A file comes with it.")
def try_text(text: str, config: Path, **sample: str | bool | None) -> None:
    """Say what would become of TEXT, and why; TEXT - reads it from stdin.

    Shows what the text is judged as, every rule that hits with its place in the original, the score, and the decision
    with all that follows. Nothing is sent, stored or counted.
    """
    loaded = load_config(config)
    compile_rules(loaded)
    from component.trial import BadSampleError, explain, make_sample

    try:
        tried = make_sample({"text": sys.stdin.read() if text == "-" else text, **sample}, loaded.settings)
    except BadSampleError as error:
        fail(str(error), MISUSED)
    click.echo("\n".join(explain(tried, loaded)))


@rules.command()
@config_option
def lint(config: Path) -> None:
    """Find rules that are wrong, and those that probably are not meant so.

    What is wrong is a line on stderr with file, rule and reason, and exit code 2. What may take longer than 5 ms on a
    text of 10,000 characters made for it is a line on stderr, and exit code 1: such rules work, and are not accepted
    here. Warnings are lines on stdout: rules that never match, words in several rules, empty lists, weights that lead
    nowhere, examples that do not hold.
    """
    loaded = load_config(config)
    compile_rules(loaded)
    from component.lint import find_costs
    from component.lint import lint as find_warnings

    warnings, costs = find_warnings(loaded), find_costs(loaded)
    for warning in warnings:
        click.echo(warning)
    count = len(loaded.settings.rules)
    click.echo(f"{count} rule{'s' * (count != 1)}, {len(warnings)} warning{'s' * (len(warnings) != 1)}")
    if costs:
        fail("\n".join(costs))


@rules.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@config_option
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Another config file to compare with.",
)
def replay(file: Path, config: Path, against: Path | None) -> None:
    """Judge many texts and count what each rule does.

    FILE has one text a line, or one JSON object a line with the keys text, surface, kind, room, category, scale,
    activity, tier, role, verified, member, first, file, account and at. They come in this order, so that copies are
    found; floods are counted where `at` says when each came. With --against, also each line on which that other config
    decides otherwise. Nothing is stored.
    """
    loaded = load_config(config)
    compile_rules(loaded)
    other = None
    if against is not None:
        other = load_config(against)
        compile_rules(other)
    from component.replay import BadCorpusError, read_corpus
    from component.replay import replay as replay_all

    try:
        corpus = read_corpus(file, loaded.settings)
    except BadCorpusError as error:
        fail(f"{file}: {error}", MISUSED)
    click.echo("\n".join(replay_all(corpus, loaded, other)))


@rules.command()
@config_option
@click.option("--days", type=click.IntRange(1, 10_000), default=30, show_default=True, help="How many, with today.")
@click.option("--json", "is_json", is_flag=True, help="For machines.")
def stats(config: Path, days: int, *, is_json: bool) -> None:
    """Say what each rule did, what it costs, and which rules want looking at.

    Hits and refusals of live rules, hits of shadows, what moderators took back, the mean time each asking takes and its
    share of all judging. Days are those of UTC. Reads the database and changes nothing; may be used while Roomkeeper
    runs, whose last seconds may be missing.
    """
    loaded = load_config(config)
    policy = compile_rules(loaded)
    from component.rule_report import as_json, first_day, make_report, show

    now = time.time()

    async def work(store: "Store") -> "tuple[RuleRecord, ...]":
        return await store.rule_stats.read(first_day(now, days))

    records = with_store(loaded, work, may_migrate=False)
    report = make_report(records, loaded.settings, policy, now=now, days=days)
    click.echo(json.dumps(as_json(report), indent=2) if is_json else "\n".join(show(report)))
