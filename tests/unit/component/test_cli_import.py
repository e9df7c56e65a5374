"""`roomkeeper people import` and `audit verify`, on a database of their own."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from component.cli import FAILED, MISUSED, cli
from component.importing import BadRow, HeaderError, Row, read_rows

HEADER = "document_type,document_number,name\n"
Import = Callable[[str | bytes], Result]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The config file of a fresh installation."""
    CliRunner().invoke(cli, ["init", str(tmp_path / "keeper")], catch_exceptions=False)
    return tmp_path / "keeper" / "roomkeeper.toml"


@pytest.fixture
def load_people(tmp_path: Path, config: Path) -> Import:
    """Import a file with this content."""

    def load_people(content: str | bytes) -> Result:
        file = tmp_path / "people.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(cli, ["people", "import", str(file), "--config", str(config)], catch_exceptions=False)

    return load_people


def test_import_may_be_repeated(load_people: Import) -> None:
    text = HEADER + "passport,AB-1,Alice\npassport,AB-2,Bob\n"
    first, second = load_people(text), load_people(text)
    assert (first.exit_code, first.stdout) == (0, "2 added, 0 unchanged, 0 changed, 0 bad and skipped\n")
    assert (second.exit_code, second.stdout) == (0, "0 added, 2 unchanged, 0 changed, 0 bad and skipped\n")


def test_bad_lines_are_told_by_number_and_the_others_loaded(load_people: Import) -> None:
    result = load_people(
        HEADER.encode() + b"passport,1,Alice\npassport,SECRET,\npassport,2,Bob\xe4\n\npassport,3,Carol\npassport,4\n"
    )
    assert result.exit_code == FAILED
    assert result.stdout == "2 added, 0 unchanged, 0 changed, 3 bad and skipped\n"
    told = [line.partition(", ")[2] for line in result.stderr.splitlines() if "line" in line]
    assert told == [
        "line 3: name is empty; skipped",
        "line 4: is not UTF-8; skipped",
        "line 7: has 2 fields instead of 3; skipped",
    ]
    assert "SECRET" not in result.output


def test_a_type_of_document_that_verify_does_not_offer_is_warned_of_by_line(load_people: Import) -> None:
    result = load_people(HEADER + "passport,1,Alice\nLIBRARY-CARD,2,Bob\n\n Passport ,3,Carol\nlibrary-card,4,Dan\n")
    assert (result.exit_code, result.stdout) == (0, "4 added, 0 unchanged, 0 changed, 0 bad and skipped\n")
    told = [line.partition(", ")[2] for line in result.stderr.splitlines() if "warning" in line]
    assert [line.partition(":")[0] for line in told] == ["line 3", "line 6"]
    assert "identity.document_types" in told[0]
    assert "library" not in result.output.lower()


def test_very_many_warnings_are_counted(load_people: Import) -> None:
    result = load_people(HEADER + "".join(f"card,{number},Person {number}\n" for number in range(50)))
    warnings = [line for line in result.stderr.splitlines() if "warning" in line]
    assert len(warnings) == 21
    assert "30 more" in warnings[-1]


def test_more_rows_than_a_chunk_are_all_loaded(load_people: Import) -> None:
    result = load_people(HEADER + "".join(f"id,{number},Person {number}\n" for number in range(2500)))
    assert result.stdout == "2500 added, 0 unchanged, 0 changed, 0 bad and skipped\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        ("document_type;document_number;name\nid;1;A\n", "must begin with the header"),
        ("id,1,Alice\n", "must begin with the header"),
        ("document_type,document_number,name,age\n", "must begin with the header"),
        (HEADER.encode("utf-16"), "is not UTF-8"),
        ("x" * 100_000, "longer than"),
    ],
)
def test_file_that_is_not_one_of_people_is_refused(load_people: Import, content: str | bytes, reason: str) -> None:
    result = load_people(content)
    assert result.exit_code == MISUSED
    assert reason in result.stderr


def test_file_that_is_not_there_is_refused(config: Path) -> None:
    result = CliRunner().invoke(cli, ["people", "import", "/no/such.csv", "--config", str(config)])
    assert result.exit_code == MISUSED
    assert "/no/such.csv cannot be read" in result.stderr


def lines(*rows: str) -> list[bytes]:
    return [row.encode("utf-8", "surrogateescape") for row in rows]


def test_row_may_come_from_any_spreadsheet() -> None:
    rows = read_rows(
        lines(
            "\ufeffName , document_TYPE,document_number\r\n", '"O\'Neil, ""Kit""",id,7\r\n', " 王小明 ,身份证, 8 \r\n"
        )
    )
    assert [
        (row.entry.name, row.entry.document_type, row.entry.document_number) for row in rows if isinstance(row, Row)
    ] == [
        ('O\'Neil, "Kit"', "id", "7"),
        ("王小明", "身份证", "8"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("id,1,A,B", "has 4 fields"),
        (" ,1,A", "document_type is empty"),
        ('id,1,"A', "quotation mark"),
        ('id,1,"A"B', "quotation mark"),
        ("id,1,A\0", "control character"),
        ("id,--,A", "nothing is left"),
        (f"id,1,{'A' * 201}", "longer than 200 characters"),
        (f"id,1,{'A' * 9000}", "longer than 8192 bytes"),
        ("id,1,\udcff", "not UTF-8"),
    ],
)
def test_row_that_says_nobody_is_told_with_its_reason(row: str, reason: str) -> None:
    (bad,) = read_rows(lines(HEADER, row))
    assert isinstance(bad, BadRow)
    assert bad.line == 2
    assert reason in bad.reason


def test_header_is_asked_for_even_without_a_line() -> None:
    with pytest.raises(HeaderError):
        list(read_rows([]))


def test_audit_is_whole_after_an_import_and_broken_after_tampering(load_people: Import, config: Path) -> None:
    def verify() -> Result:
        return CliRunner().invoke(cli, ["audit", "verify", "--config", str(config)], catch_exceptions=False)

    load_people(HEADER + "id,1,Alice\n")
    whole = verify()
    assert whole.exit_code == 0
    assert whole.stdout.startswith("the audit is whole: ")
    with closing(sqlite3.connect(config.parent / "roomkeeper.db")) as database, database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:  # whoever can write the file can do this too
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE audit SET actor = 'nobody' WHERE number = 1")
    broken = verify()
    assert broken.exit_code == FAILED
    assert broken.stderr.startswith("the audit is broken at entry 1:")
