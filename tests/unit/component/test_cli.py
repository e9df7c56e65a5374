"""The command line: every command helps, and exit codes are as documented."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import component.logs
import component.service
from component.cli import FAILED, MISUSED, cli
from config.loader import Loaded
from storage.errors import Unavailable


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The config file of a fresh installation."""
    assert invoke("init", str(tmp_path / "keeper")).exit_code == 0
    return tmp_path / "keeper" / "roomkeeper.toml"


@pytest.fixture(autouse=True)
def _log_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """`run` sets logging up for the whole process."""
    monkeypatch.setattr(component.logs, "set_up", lambda _log: None)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


@pytest.mark.parametrize("path", [(), *commands(cli)], ids=" ".join)
def test_every_command_and_option_is_explained(path: tuple[str, ...]) -> None:
    result = invoke(*path, "--help")
    assert result.exit_code == 0
    assert invoke(*path, "-h").output == result.output
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_commands_are_those_of_the_operators_contract() -> None:
    assert {" ".join(path) for path in commands(cli)} == {
        "adopt",
        "audit",
        "audit export",
        "audit verify",
        "check",
        "doctor",
        "init",
        "keys",
        "keys rotate",
        "keys show",
        "migrate",
        "people",
        "people import",
        "rules",
        "rules lint",
        "rules replay",
        "rules stats",
        "rules try",
        "run",
        "scheme",
        "scheme export",
        "stats",
    }


def test_version_is_told() -> None:
    assert invoke("--version").output.startswith("roomkeeper, version ")


@pytest.mark.parametrize("arguments", [("nonsense",), ("check", "--confg", "x"), ("init",), ("people", "import")])
def test_misuse_of_the_command_line_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert invoke(*arguments).exit_code == MISUSED


def test_check_of_a_right_file_says_so(config: Path) -> None:
    result = invoke("check", "--config", str(config))
    assert (result.exit_code, result.output) == (0, f"{config} is right\n")


def test_check_warns_of_a_lone_moderator_and_is_content(config: Path) -> None:
    config.write_text(config.read_text().replace("#moderators = []", 'moderators = ["mod@example.org"]'))
    result = invoke("check", "--config", str(config))
    assert result.exit_code == 0
    assert "staff: mod@example.org alone decides on appeals" in result.output


def test_config_may_be_named_by_a_variable(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROOMKEEPER_CONFIG", str(config))
    assert invoke("check").exit_code == 0


@pytest.mark.parametrize(
    "command",
    [("run",), ("check",), ("people", "import", "people.csv"), ("migrate",), ("audit", "verify"), ("doctor",)],
)
def test_wrong_config_is_exit_code_2_with_file_key_and_reason(command: tuple[str, ...], config: Path) -> None:
    config.write_text(config.read_text().replace("muc =", "mcu ="))
    result = invoke(*command, "--config", str(config))
    assert result.exit_code == MISUSED
    assert f'{config}: xmpp.mcu: unknown key; did you mean "muc"?\n{config}: xmpp.muc: is missing\n' == result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["check", "run", "doctor"])
def test_rule_that_cannot_be_compiled_is_a_wrong_config(command: str, config: Path) -> None:
    with config.open("a") as file:
        file.write("[[rules]]\nname = 'broken'\npatterns = ['(']\n")
    result = invoke(command, "--config", str(config))
    assert result.exit_code == MISUSED
    assert result.stderr.startswith(f"{config}: rules[broken]: ")


def test_run_hands_over_and_passes_the_exit_code_on(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Loaded] = []

    def run(loaded: Loaded) -> int:
        seen.append(loaded)
        return 0

    monkeypatch.setattr(component.service, "run", run)
    assert invoke("run", "--config", str(config)).exit_code == 0
    assert seen[0].path == config


def test_storage_out_of_reach_is_a_line_and_no_traceback(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_loaded: Loaded) -> int:
        raise Unavailable("the disk is full")

    monkeypatch.setattr(component.service, "run", run)
    result = invoke("run", "--config", str(config))
    assert (result.exit_code, result.stderr) == (FAILED, "the disk is full\n")


def test_database_that_is_none_is_a_line_and_no_traceback(config: Path) -> None:
    (config.parent / "roomkeeper.db").write_bytes(b"no database at all, only text" * 100)
    result = invoke("migrate", "--config", str(config))
    assert result.exit_code == FAILED
    assert result.stderr.count("\n") == 1


def test_migrate_makes_the_database_and_may_be_repeated(config: Path) -> None:
    for _ in range(2):
        result = invoke("migrate", "--config", str(config))
        assert (result.exit_code, result.output) == (0, "the database is up to date\n")
    assert (config.parent / "roomkeeper.db").stat().st_size


def test_adopting_without_a_server_says_so(tmp_path: Path) -> None:
    invoke("init", str(tmp_path / "keeper"))
    config = tmp_path / "keeper" / "roomkeeper.toml"
    config.write_text(config.read_text().replace("[xmpp]", "[xmpp]\nport = 1", 1))
    result = invoke("adopt", "--config", str(config))
    assert result.exit_code == FAILED
    assert "no answer from the server" in result.stderr
