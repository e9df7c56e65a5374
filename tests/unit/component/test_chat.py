"""Chat: the same commands by conversation, in both languages; silence where an answer would make a loop."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree.ElementTree import XML

import pytest

from component import chat
from component.commands import COMMANDS
from component.dialogue import Dialogue
from component.forms import Form
from component.staff import may
from config.settings import Limits, Seconds, Staff
from storage.documents import Entry
from tests.support.desk import Desk
from tests.support.office import KEEPER, MODERATOR, MUC, OFFICERS, Office, open_office


class Phone:
    """One user's chat with the component."""

    def __init__(self, desk: Desk, office: Office, sender: str = "juliet@example/phone") -> None:
        self._desk = desk
        self._effects = office.effects
        self.sender = sender

    async def write(self, body: str, *, language: str = "") -> str:
        """Write a line; what is answered."""
        self._effects.spoken.clear()
        before = len(self._effects.said)
        lang = f" xml:lang='{language}'" if language else ""
        self._desk.hand_in(
            f"<message type='chat' from='{self.sender}' to='{KEEPER}'{lang}><body>{body}</body></message>"
        )
        await asyncio.wait_for(self._effects.spoken.wait(), 5)
        (to, text, _language), *more = self._effects.said[before:]
        assert (to, more) == (self.sender, [])
        return text


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    limits = Limits(dialogues=10, dialogue_timeout=Seconds(60))
    async with open_office(tmp_path, limits=limits) as world:
        entry = Entry(document_type="passport", document_number="C01", name="Juliet Capulet")
        await world.store.registry.put([entry], world.now())
        yield world


@pytest.fixture
async def desk(office: Office) -> Desk:
    desk = Desk()
    chat.setup(desk, office)
    return desk


@pytest.fixture
async def phone(desk: Desk, office: Office) -> Phone:
    return Phone(desk, office)


async def silence(desk: Desk, office: Office, xml: str) -> None:
    """Nothing comes of this stanza, seen by something later that is answered first."""
    desk.hand_in(xml)
    await Phone(desk, office, "witness@example/x").write("help")


# conversations


async def test_help_lists_what_one_may_do(phone: Phone, desk: Desk, office: Office) -> None:
    answer = await phone.write("help")
    assert "verify: " in answer
    assert "my-rooms: " in answer
    assert "sanction: " not in answer
    assert "sanction: " in await Phone(desk, office, f"{MODERATOR}/x").write("Help!")


async def test_a_user_verifies_field_by_field(phone: Phone, office: Office) -> None:
    answer = await phone.write("verify")
    assert "1. identity card" in answer
    assert "cancel" in answer
    assert "Number" in await phone.write("2")
    assert "name" in await phone.write(" c-01 ")
    answer = await phone.write("juliet  CAPULET")
    assert "you are verified" in answer
    assert "delete your messages" in answer
    assert (await office.memory.known("juliet@example")).person is not None


async def test_a_user_verifies_in_chinese(phone: Phone, office: Office) -> None:
    assert "证件类型" in await phone.write("验证")
    assert "证件号码" in await phone.write("护照")
    assert "姓名" in await phone.write("C01")
    assert "已通过实名验证" in await phone.write("Juliet Capulet")
    assert (await office.memory.known("juliet@example")).language == "zh-Hans"
    assert "一切正常" in await phone.write("状态")
    assert "一切正常" in await phone.write("status")  # the language is known now
    assert "All is well" in await phone.write("status", language="en")


async def test_whatever_was_wrong_the_answer_is_the_same(phone: Phone) -> None:
    answers: list[str] = []
    for kind, number, name in (("2", "C99", "Juliet Capulet"), ("2", "C01", "Rosaline"), ("1", "C01", "x")):
        if not answers:
            await phone.write("verify")
        await phone.write(kind)
        await phone.write(number)
        answers.append(await phone.write(name))
    assert len(set(answers)) == 1
    assert "could not be confirmed" in answers[0]
    assert "Type of document" in answers[0]  # asked again from the start


async def test_an_answer_that_will_not_do_is_asked_for_again(phone: Phone) -> None:
    await phone.write("verify")
    for wrong in ("0", "5", "library card", "-"):
        answer = await phone.write(wrong)
        assert "Please choose one" in answer
        assert "1. identity card" in answer
    assert "Number" in await phone.write("passport")


async def test_a_moderator_sanctions_by_chat(desk: Desk, office: Office) -> None:
    number = await office.verified("romeo@example", "R1", "Romeo")
    desktop = Phone(desk, office, f"{MODERATOR}/x")
    assert "Kind of sanction" in await desktop.write(f"sanction {number}")  # the first answer came with the word
    await desktop.write("mute")
    assert "For how long" in await desktop.write("skip")
    assert "Reason" in await desktop.write("2h")
    summary = await desktop.write("adverts")
    assert "for 2 hours" in summary
    assert "in all rooms" in summary
    assert "yes" in summary
    assert (await office.store.discipline.sanctions_of(f"p:{number}", office.now())) == ()
    before = len(office.effects.said)
    desk.hand_in(f"<message from='{MODERATOR}/x' to='{KEEPER}'><body>yes</body></message>")
    while len(office.effects.said) < before + 2:
        office.effects.spoken.clear()
        await office.effects.spoken.wait()
    told = {to: text for to, text, _ in office.effects.said[before:]}
    assert "muted" in told["romeo@example"]
    assert "Done" in told[f"{MODERATOR}/x"]


async def test_a_mistake_in_one_field_is_asked_for_alone(desk: Desk, office: Office) -> None:
    number = await office.verified("romeo@example", "R1", "Romeo")
    desktop = Phone(desk, office, f"{MODERATOR}/x")
    for line in (f"sanction {number}", "ban", "skip", "for ever and a day"):
        await desktop.write(line)
    answer = await desktop.write("adverts")
    assert "such as 10m" in answer
    assert "For how long" in answer
    assert "for 7 days" in await desktop.write("7d")


async def test_no_to_a_last_question_does_nothing(desk: Desk, office: Office) -> None:
    number = await office.verified("romeo@example", "R1", "Romeo")
    desktop = Phone(desk, office, f"{MODERATOR}/x")
    for line in (f"sanction {number}", "ban", "skip", "skip", "adverts"):
        await desktop.write(line)
    assert "Nothing has been done" in await desktop.write("no")
    await desktop.write("cancel")
    assert await office.store.discipline.sanctions_of(f"p:{number}", office.now()) == ()


async def test_cancel_ends_a_dialogue(phone: Phone) -> None:
    assert "nothing to cancel" in await phone.write("cancel")
    await phone.write("verify")
    assert "Cancelled" in await phone.write("Cancel.")
    assert "did not understand" in await phone.write("2")


async def test_help_in_a_dialogue_repeats_the_question(phone: Phone) -> None:
    await phone.write("verify")
    assert "Type of document" in await phone.write("help")
    assert "Number" in await phone.write("2")


async def test_a_late_answer_is_forgotten_and_told_so(phone: Phone, office: Office) -> None:
    await phone.write("verify")
    office.clock.at += 61
    assert "too long" in await phone.write("C01")
    await phone.write("verify")
    office.clock.at += 61
    assert "Type of document" in await phone.write("verify")


async def test_commands_without_the_right_are_refused(phone: Phone) -> None:
    assert "no right" in await phone.write("person romeo@example")


async def test_rights_lost_in_a_dialogue_end_it(desk: Desk, office: Office) -> None:
    desktop = Phone(desk, office, f"{MODERATOR}/x")
    await desktop.write("person")
    office.settle(staff=Staff())
    assert "no right" in await desktop.write("romeo@example")
    assert "did not understand" in await desktop.write("romeo@example")


async def test_one_dialogue_serves_all_devices_of_an_account(phone: Phone, desk: Desk, office: Office) -> None:
    await phone.write("verify")
    assert "Number" in await Phone(desk, office, "juliet@example/tablet").write("2")


async def test_every_form_asks_something(office: Office) -> None:
    await office.verified("mod@example", "M1", "M")
    await office.member(MODERATOR, f"hall@{MUC}", creates=True)
    for command in COMMANDS:
        for account in (MODERATOR, "admin@example", OFFICERS[0]):
            if not may(account, command.audience, office.settings.staff):
                continue
            outcome = await Dialogue(command, office, account, "en").begin()
            if isinstance(outcome, Form):
                assert any(asked.is_asked for asked in outcome.fields), command.name


# silence


@pytest.mark.parametrize(
    "xml",
    [
        f"<message type='error' from='juliet@example/x' to='{KEEPER}'><body>help</body></message>",
        f"<message type='groupchat' from='juliet@example/x' to='{KEEPER}'><body>help</body></message>",
        f"<message type='headline' from='juliet@example/x' to='{KEEPER}'><body>help</body></message>",
        f"<message type='chat' from='hall@{MUC}/juliet' to='{KEEPER}'><body>help</body></message>",
        f"<message type='chat' from='{KEEPER}' to='{KEEPER}'><body>help</body></message>",
        f"<message type='chat' from='example' to='{KEEPER}'><body>help</body></message>",
        f"<message type='chat' from='juliet@example/x' to='hall@{KEEPER}'><body>help</body></message>",
        f"<message from='juliet@example/x' to='{KEEPER}'><active xmlns='http://jabber.org/protocol/chatstates'/></message>",
        f"<message from='juliet@example/x' to='{KEEPER}'><body>help</body><delay xmlns='urn:xmpp:delay'/></message>",
        f"<message type='chat' to='{KEEPER}'><body>help</body></message>",
    ],
)
def test_what_no_person_wrote_is_not_answered(xml: str) -> None:
    message = XML(f"<all xmlns='jabber:component:accept'>{xml}</all>")[0]
    assert chat.read_message(message, KEEPER, MUC, "jabber:component:accept") is None


async def test_an_empty_message_is_not_answered(desk: Desk, office: Office) -> None:
    await silence(desk, office, f"<message from='juliet@example/x' to='{KEEPER}'><body> </body></message>")
    assert {to for to, _, _ in office.effects.said} == {"witness@example/x"}


async def test_a_machine_is_not_answered_for_ever(desk: Desk, office: Office) -> None:
    robot = Phone(desk, office, "robot@example/x")
    for _ in range(3):
        assert "did not understand" in await robot.write("I am away.")
    for _ in range(5):
        await silence(desk, office, f"<message from='{robot.sender}' to='{KEEPER}'><body>I am away.</body></message>")
    assert len([to for to, _, _ in office.effects.said if to == robot.sender]) == 3
    assert "verify: " in await robot.write("help")
    assert "did not understand" in await robot.write("I am away.")


async def test_an_echo_of_our_own_words_begins_nothing(phone: Phone) -> None:
    answer = await phone.write("help")
    assert "did not understand" in await phone.write(answer)


async def test_a_machine_in_a_dialogue_is_given_up(phone: Phone) -> None:
    await phone.write("verify")
    answers = [await phone.write("I am away.") for _ in range(5)]
    assert "stopped asking" in answers[-1]


async def test_too_much_at_once_is_said_once_and_then_ignored(desk: Desk, office: Office) -> None:
    for _ in range(60):
        desk.hand_in(f"<message from='juliet@example/x' to='{KEEPER}'><body>help</body></message>")
    desk.hand_in(f"<message from='witness@example/x' to='{KEEPER}'><body>help</body></message>")
    async with asyncio.timeout(5):
        while "witness@example/x" not in {to for to, _, _ in office.effects.said}:
            office.effects.spoken.clear()
            await office.effects.spoken.wait()
    said = [text for to, text, _ in office.effects.said if to == "juliet@example/x"]
    assert 10 < len(said) < 40
    assert len([text for text in said if "a little fast" in text]) == 1


async def test_an_encrypted_message_is_told_apart(desk: Desk, office: Office, phone: Phone) -> None:
    office.effects.spoken.clear()
    desk.hand_in(
        f"<message type='chat' from='{phone.sender}' to='{KEEPER}'><encrypted xmlns='eu.siacs.conversations.axolotl'/>"
        "<body>I sent you an OMEMO message</body></message>"
    )
    await office.effects.spoken.wait()
    assert "turn encryption off" in office.effects.said[-1][1]


async def test_a_fault_is_told_without_its_words(phone: Phone, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_jid: str) -> None:
        raise ValueError("/srv/secret")

    monkeypatch.setattr(office.memory, "known", fail)
    answer = await phone.write("status")
    assert "went wrong on our side" in answer
    assert "secret" not in answer
