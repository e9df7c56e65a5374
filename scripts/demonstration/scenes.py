"""The scenes between people: what each does, sees, and has to see.

Somebody else has set the stage; the first thing that comes out otherwise raises NotAsToldError.
"""

from dataclasses import dataclass

from scripts.demonstration.actor import Actor
from scripts.demonstration.answers import Refusal, Step
from scripts.demonstration.stage import ROOMS, SERVICE, Stage
from scripts.demonstration.teller import NotAsToldError, Teller

GARDEN = f"garden@{ROOMS}"
SHED = f"shed@{ROOMS}"
ADVERT = "Cheap WATCHES, best price, only today!"


@dataclass(slots=True, kw_only=True)
class Cast:
    """Who is logged in."""

    anna: Actor
    ben: Actor
    mei: Actor
    sam: Actor
    oscar: Actor
    nia: Actor
    grace: Actor


def expect(is_so: bool, what: str) -> None:  # noqa: FBT001 - reads like assert
    """State what has to be so."""
    if not is_so:
        raise NotAsToldError(f"not as told: {what}")


def refused(answer: object, condition: str, *words: str) -> Refusal:
    """The refusal an answer has to be, saying certain words."""
    expect(isinstance(answer, Refusal), f"there should be a refusal ({condition}), there is: {answer}")
    assert isinstance(answer, Refusal)
    expect(answer.condition == condition, f"refused with {condition}, not {answer.condition}")
    for word in words:
        expect(word in answer.text, f"the text should say “{word}”: {answer.text}")
    return answer


def done(step: Step) -> Step:
    """A command that has to have come to its end."""
    expect(step.is_over, f"the command should be done, it says: {step}")
    return step


async def at_the_door(cast: Cast, teller: Teller) -> None:
    """Nobody is verified yet."""
    teller.scene("Nobody unverified gets in, and everybody is told what to do")
    teller.does("anna", f"creates {GARDEN}")
    answer = refused(await cast.anna.enter(GARDEN), "registration-required", "verify", SERVICE)
    teller.sees("anna", str(answer))
    teller.does("mei", f"tries it too; her client is set to Chinese ({cast.mei.jid})")
    answer = refused(await cast.mei.enter(GARDEN), "registration-required", "验证", SERVICE)
    expect(answer.language == "zh-Hans", f"mei should read Chinese, not {answer.language}")
    teller.sees("mei", str(answer))


async def verify(cast: Cast, teller: Teller) -> None:
    """One by a form, others by chatting."""
    teller.scene("They verify: one by an ad-hoc command, one by chat, one in Chinese")
    offered = await cast.anna.commands()
    expect("verify" in offered and "person" not in offered, f"anna should be offered no staff commands: {offered}")
    teller.does("anna", f"looks what commands {SERVICE} has for her: {', '.join(offered)}")
    form = await cast.anna.run("verify")
    teller.does("anna", "runs verify")
    teller.sees("anna", str(form))
    wrong = {"type": "id-card", "number": "1001-7", "name": "Anna Kellner"}
    form = await cast.anna.fill("verify", form, wrong)
    expect(not form.is_over, "a wrong name should be refused")
    teller.does("anna", "mistypes her name, and is not told which of the three was wrong")
    teller.sees("anna", form.notes[0])
    step = done(await cast.anna.fill("verify", form, wrong | {"name": "anna keller"}))
    teller.does("anna", "types it right")
    teller.sees("anna", str(step))
    teller.does("anna", "runs rules, reads them and accepts")
    form = await cast.anna.run("rules")
    expect(len(form.instructions) > 1, f"anna should be shown the rules: {form}")
    teller.sees("anna", f"{form.title}\n…\n[ {form.fields[-1].label} ]")
    teller.sees("anna", str(done(await cast.anna.fill("rules", form, {"accept": "1"}))))
    await talk(cast.ben, teller, "verify", "passport", "P2002", "Ben Okafor")
    await talk(cast.mei, teller, "验证", "1", "3003-1", "王小梅")
    teller.tell("sam, oscar and nia verify like this behind the scenes.")
    others = (
        (cast.sam, "id-card", "4004-5", "Sam Doe"),
        (cast.oscar, "id-card", "5005-9", "Oscar Roe"),
        (cast.nia, "passport", "P7007", "Nia Lind"),
    )
    for actor, document, number, name in others:
        form = await actor.run("verify")
        done(await actor.fill("verify", form, {"type": document, "number": number, "name": name}))


async def talk(actor: Actor, teller: Teller, *lines: str) -> None:
    """Somebody chats with Roomkeeper."""
    for line in lines:
        teller.does(actor.name, f"writes to {SERVICE}: {line}")
        teller.sees(actor.name, await actor.ask(line))


async def rooms(cast: Cast, teller: Teller) -> None:
    """A room is made and filled; one too many is not."""
    teller.scene("A room, and a quota")
    teller.does("anna", f"creates {GARDEN}")
    expect(await cast.anna.enter(GARDEN) is True, "anna should have created the garden")
    for actor in (cast.ben, cast.mei, cast.sam, cast.oscar):
        expect(await actor.enter(GARDEN) is False, f"{actor.name} should have joined")
    teller.does("others", "join it: ben, mei, sam and oscar")
    teller.does("anna", f"creates a second one, {SHED}")
    teller.sees("anna", str(refused(await cast.anna.enter(SHED), "resource-constraint", "status")))
    await say(cast.anna, teller, "Welcome, all!", cast.ben, cast.mei, cast.sam, cast.oscar)
    await say(cast.mei, teller, "大家好！", cast.anna, cast.ben, cast.sam, cast.oscar)
    await talk(cast.mei, teller, "状态")


async def say(actor: Actor, teller: Teller, text: str, *hearers: Actor) -> None:
    """Somebody says something in the garden, and everybody hears that and nothing else before it."""
    teller.does(actor.name, f"says: {text}")
    refusal = await actor.say(GARDEN, text)
    expect(refusal is None, f"{actor.name} should be heard, but: {refusal}")
    for hearer in hearers:
        heard = await hearer.hear(GARDEN)
        expect(heard == (actor.name, text), f"{hearer.name} should hear “{text}” and heard {heard}")
    names = [hearer.name for hearer in hearers]
    teller.tell(f"heard by {', '.join(names)}")


async def adverts(cast: Cast, teller: Teller) -> None:
    """A rule's hit, and the ladder."""
    teller.scene("An advert is caught, and a second one mutes")
    teller.does("sam", f"says: {ADVERT}")
    teller.sees("sam", str(refused(await cast.sam.say(GARDEN, ADVERT), "policy-violation", "adverts")))
    await say(cast.sam, teller, "Nice garden, anyway.", cast.anna, cast.ben, cast.mei, cast.oscar)
    teller.tell("Nobody saw the advert: these were the next words they heard. It was a strike; sam tries again.")
    again = "ｃｈｅａｐ wat\u200bches!"  # wide letters, and a space of no width
    teller.does("sam", "says it in wide letters, with an invisible one in between: ｃｈｅａｐ watches!")
    teller.sees("sam", str(refused(await cast.sam.say(GARDEN, again), "policy-violation", "adverts")))
    notice = await cast.sam.read()
    expect("muted" in notice, f"sam should be told of the mute: {notice}")
    teller.sees("sam", notice)
    teller.does("sam", "says: Hello?")
    teller.sees("sam", str(refused(await cast.sam.say(GARDEN, "Hello?"), "forbidden", "status")))
    status = await cast.sam.ask("status")
    expect(GARDEN in status and "50 of 100" in status, f"sam's status should show mute and score: {status}")
    teller.does("sam", f"writes to {SERVICE}: status")
    teller.sees("sam", status)


async def moderate(cast: Cast, teller: Teller) -> None:
    """The moderator's commands."""
    teller.scene("A moderator at work, by ad-hoc commands")
    grace = cast.grace
    offered = await grace.commands()
    expect({"person", "sanction", "lift", "adjust-credit", "audit"} <= set(offered), f"grace is offered {offered}")
    teller.does("grace", f"looks what commands there are for her: {', '.join(offered)}")
    teller.does("grace", f"runs person, about {cast.sam.jid}")
    step = done(await grace.fill("person", await grace.run("person"), {"target": cast.sam.jid}))
    expect("Sam Doe" not in str(step), "no moderator should see who sam is")
    expect(str(step).count("adverts") >= 2, f"both strikes should be on record: {step}")
    teller.sees("grace", str(step))
    teller.does("grace", "runs lift")
    form = await grace.fill("lift", await grace.run("lift"), {"target": cast.sam.jid})
    teller.sees("grace", str(form))
    step = done(await grace.fill("lift", form, {"sanction": form["sanction"], "reason": "Promised to stop"}))
    teller.sees("grace", str(step))
    teller.sees("sam", await cast.sam.read())
    await say(cast.sam, teller, "Thank you, no more adverts.", cast.anna, cast.ben, cast.mei, cast.oscar)
    teller.does("grace", f"runs adjust-credit: 20 less for {cast.sam.jid}")
    answers = {"target": cast.sam.jid, "delta": "-20", "expiry": "30d", "reason": "Adverts"}
    teller.sees("grace", str(await order(grace, "adjust-credit", answers)))
    teller.does("sam", "runs status")
    status = done(await cast.sam.run("status"))
    expect("limited" in status["tier"], f"sam should be in the tier below: {status}")
    teller.sees("sam", "\n".join(str(status).splitlines()[:4]) + "\n…")
    await ban(cast, teller)


async def order(grace: Actor, command: str, answers: dict[str, str]) -> Step:
    """A command whose last form asks whether it is meant."""
    form = await grace.fill(command, await grace.run(command), answers)
    expect(not form.is_over, f"{command} should ask before it acts: {form}")
    return done(await grace.fill(command, form, {"confirm": "1"}))


async def ban(cast: Cast, teller: Teller) -> None:
    """Out, and out for a week."""
    teller.does("grace", f"runs sanction: ban {cast.oscar.jid} everywhere for 7d")
    answers = {"target": cast.oscar.jid, "kind": "ban", "room": "", "length": "7d", "reason": "Threatened others"}
    teller.sees("grace", str(await order(cast.grace, "sanction", answers)))
    expect("307" in await cast.oscar.is_removed(GARDEN), "oscar should be put out of the garden")
    teller.sees("oscar", await cast.oscar.read())
    teller.does("oscar", "is out of the garden, and tries to come back")
    teller.sees("oscar", str(refused(await cast.oscar.enter(GARDEN), "forbidden", "Threatened others")))


async def crash(cast: Cast, stage: Stage, teller: Teller) -> None:
    """Killed under way, and nothing is lost."""
    teller.scene("Roomkeeper is killed in the middle of a conversation")
    said = [f"This is line {number} of 8." for number in range(1, 9)]
    teller.does("anna", "says eight lines; after the first, Roomkeeper is killed by SIGKILL")
    for line in said[:4]:
        cast.anna.send(GARDEN, line)
    heard = [await cast.ben.hear(GARDEN)]
    await stage.keeper.kill()
    for line in said[4:]:
        cast.anna.send(GARDEN, line)
    teller.tell("Prosody holds what it cannot ask about. Roomkeeper is started again:")
    await stage.start()
    heard += [await cast.ben.hear(GARDEN) for _ in said[1:]]
    expect(heard == [("anna", line) for line in said], f"ben should hear all eight in order, and heard {heard}")
    teller.sees("ben", "\n".join(line for _, line in heard))
    await say(cast.ben, teller, "All eight, each once, in order.", cast.anna)


async def records(stage: Stage, teller: Teller) -> None:
    """The audit holds."""
    teller.scene("Everything is on record, and the record is whole")
    printed = await stage.roomkeeper("audit", "verify", "--config", str(stage.config))
    expect("whole" in printed, "the audit should be whole")
