"""`roomkeeper scheme`: the grading of groups on paper."""

import json
from pathlib import Path

import click

from component.command_line import config_option, load_config
from component.texts import LANGUAGES


@click.group()
def scheme() -> None:
    """Say how groups are graded."""


@scheme.command()
@config_option
@click.option(
    "--format", "form", type=click.Choice(("md", "json")), default="md", show_default=True, help="How it is written."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the document.  [default: xmpp.language]")
def export(config: Path, form: str, language: str | None) -> None:
    """Write the grading scheme: categories, classes by size and activity, who may found them, tiers, ladders.

    As a document in Markdown, which can be filed, or as JSON with durations in seconds. Reads the config file alone.
    """
    from component.scheme import as_json, as_markdown

    settings = load_config(config).settings
    if form == "json":
        click.echo(json.dumps(as_json(settings), ensure_ascii=False, indent=2))
        return
    for line in as_markdown(settings, language or settings.xmpp.language):
        click.echo(line)
