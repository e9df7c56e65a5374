"""The grading scheme on paper."""

import json
from pathlib import Path

from click.testing import CliRunner

from component.cli import cli
from component.scheme import as_json, as_markdown
from config.settings import Activity, Category, Credit, Scale, Seconds, Settings, Tier, Xmpp
from config.settings.rooms import ACTIVITY

SETTINGS = Settings(
    xmpp=Xmpp(domain="keeper.example", muc="rooms.example"),
    categories={
        "general": Category(title={"en": "General", "zh-Hans": "综合"}),
        "school": Category(
            approval=True,
            tiers=("standard",),
            verified_for=Seconds(86400),
            tenure=Seconds(3600),
            review_every=Seconds(180 * 86400),
        ),
    },
    activity={
        **ACTIVITY,
        "very-active": Activity(title={"en": "Very active"}, messages=500, members=20, needs_managers=2),
    },
    scales={"small": Scale(members=50), "huge": Scale(members=9999, title={"en": "A|B"})},
    credit=Credit(tiers=(Tier(name="standard", threshold=0, largest_scale="small", rooms_created=2),)),
)


def test_the_document_says_who_may_found_what_and_who_decides() -> None:
    page = as_markdown(SETTINGS, "en")
    assert page[0] == "# How groups are graded"
    assert "| General | every tier | the rules alone |" in page
    assert (
        "| school | standard; verified for 1 day at least; in the tier for 1 hour at least "
        "| a moderator, on application |"
    ) in page
    assert "| small | 50 | every tier | the rules alone |" in page
    assert "| A\\|B | 500 | every tier | the rules alone |" in page
    assert "| standard | 0 | 2 | 100 | small |" in page


def test_the_document_has_activity_and_what_violations_lead_to() -> None:
    page = as_markdown(SETTINGS, "en")
    assert "| Very active | 500 | 20 |" in page
    assert "| 3 within 7 days | mute, in that room | 1 day | 5 |" in page
    assert "| 60 by 10 people within 7 days | writing suspended | 7 days |" in page
    assert "| the deadline before it was missed | closed | — |" in page
    assert "| 2 within 90 days | no managing of rooms, in all rooms | 30 days | 10 |" in page


def test_the_document_says_when_groups_are_reviewed_where_anything_asks_for_it() -> None:
    page = as_markdown(SETTINGS, "en")
    assert "| school | 180 days | — |" in page
    assert "| Very active | — | 2 |" in page
    assert any("are told 14 days before" in line for line in page)
    assert "## When groups are reviewed" not in as_markdown(Settings(xmpp=SETTINGS.xmpp), "en")
    assert as_json(SETTINGS)["reviews"] == {"tell_before": 14 * 86400.0, "within": 14 * 86400.0}


def test_it_can_be_had_in_chinese() -> None:
    page = as_markdown(SETTINGS, "zh-Hans")
    assert page[0] == "# 群组分级分类方案"
    assert "| 综合 | 所有等级 | 符合条件即可 |" in page


def test_machines_get_names_numbers_and_seconds() -> None:
    told = as_json(SETTINGS)
    assert told["default"] == {"category": "general", "scale": "huge"}
    assert told["categories"] == [
        {
            "name": "general",
            "title": {"en": "General", "zh-Hans": "综合"},
            "approval": False,
            "review_every": None,
            "tiers": [],
            "verified_for": 0.0,
            "tenure": 0.0,
        },
        {
            "name": "school",
            "title": {},
            "approval": True,
            "review_every": 180 * 86400.0,
            "tiers": ["standard"],
            "verified_for": 86400.0,
            "tenure": 3600.0,
        },
    ]
    assert told["activity"][1] == {  # type: ignore[index]
        "name": "active",
        "title": {"en": "Active", "zh-Hans": "活跃"},
        "messages": 20,
        "members": 3,
        "review_every": None,
        "needs_managers": 0,
    }
    ladders = told["ladders"]
    assert isinstance(ladders, dict)
    assert [step["sanction"] for step in ladders["group"]] == ["warn", "suspend", "close"]
    assert ladders["member"][0]["lasts"] == 600.0
    assert ladders["manager"][2]["lasts"] == 180 * 86400.0
    assert told["applications"] == {"expires": 14 * 86400.0, "valid": 7 * 86400.0, "most": 3}


def test_the_command_line_writes_either_from_the_config_file_alone(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["init", str(tmp_path / "keeper")]).exit_code == 0
    config = ["--config", str(tmp_path / "keeper" / "roomkeeper.toml")]
    page = CliRunner().invoke(cli, ["scheme", "export", *config, "--language", "en"])
    assert page.exit_code == 0
    assert page.output.startswith("# How groups are graded\n")
    told = CliRunner().invoke(cli, ["scheme", "export", *config, "--format", "json"])
    assert [each["name"] for each in json.loads(told.output)["scales"]] == ["small", "medium", "large"]
