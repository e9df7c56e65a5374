"""Scenes in which a group keeps its door, and a moderator a text that a rule is not sure of."""

from scripts.demonstration.scenes import GARDEN, Cast, done, expect, refused, say
from scripts.demonstration.stage import SERVICE
from scripts.demonstration.teller import Teller

QUESTION = "What grows in our garden?"
RAFFLE = "There is a raffle for the new fence on Sunday."


async def door(cast: Cast, teller: Teller) -> None:
    """A question for strangers, and the group's page."""
    teller.scene("The group gets a door of its own")
    anna, nia = cast.anna, cast.nia
    teller.does("anna", f"runs join-mode: strangers shall answer “{QUESTION}”")
    form = await anna.run("join-mode")
    form = await anna.fill("join-mode", form, {"room": form["room"]})
    form = await anna.fill("join-mode", form, {"mode": "question"})
    answers = {"question": QUESTION, "answers": "tomatoes; 番茄"}
    teller.sees("anna", str(done(await anna.fill("join-mode", form, answers))))
    teller.does("nia", "tries to come in")
    teller.sees("nia", str(refused(await nia.enter(GARDEN), "registration-required", QUESTION)))
    teller.does("nia", f"writes to {SERVICE}: join {GARDEN}")
    question = await nia.ask(f"join {GARDEN}")
    expect(QUESTION in question, f"nia should be asked the question: {question}")
    teller.sees("nia", question)
    teller.does("nia", "answers: Tomatoes!")
    teller.sees("nia", await nia.ask("Tomatoes!"))
    expect(await nia.enter(GARDEN) is False, "nia should be in")
    teller.does("nia", f"is in, and writes to {SERVICE}: info {GARDEN}")
    page = await nia.ask(f"info {GARDEN}")
    expect("anna" in page, f"the page should name the manager: {page}")
    teller.sees("nia", page)


async def held(cast: Cast, teller: Teller) -> None:
    """Kept back, looked at, let through."""
    teller.scene("A text that a moderator should see first is held")
    nia, grace = cast.nia, cast.grace
    teller.does("nia", f"says: {RAFFLE}")
    teller.sees("nia", str(refused(await nia.say(GARDEN, RAFFLE), "policy-violation", "money", "moderator")))
    teller.does("grace", "runs held: who wrote it is a number, the text is what counts")
    form = await grace.run("held")
    expect(
        "for the new fence" in str(form) and "nia" not in str(form), f"grace should see the text, and not who: {form}"
    )
    teller.sees("grace", str(form))
    answer = {"number": form["number"], "decision": "approve", "reason": ""}
    teller.sees("grace", str(done(await grace.fill("held", form, answer))))
    teller.sees("nia", await nia.read())
    await say(nia, teller, RAFFLE, cast.anna, cast.ben, cast.mei, cast.sam)
