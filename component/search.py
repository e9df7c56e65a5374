"""Searching public rooms from afar (XEP-0433), by words, code and category, in pages (XEP-0059). Stateless."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from slixmpp import ComponentXMPP

from component.dataforms import FORM, MalformedFormError, read_submission, write_form
from component.describing import NAMESPACE
from component.edge import Edge, Request, RequestError
from component.forms import Answers, Field, FieldKind, Form, Option
from component.grading import category_title, meant_by
from component.throttle import Throttle
from component.world import World
from config.settings import Settings
from policy.facts import RoomStatus
from policy.grading import category_of, join_mode_of, scale_of
from policy.joining import JoinMode
from policy.normalise import show
from storage import codes
from storage.directory import Entry, Order, Page, Wanted

_BASE = "urn:xmpp:channel-search:0"
SEARCH = f"{_BASE}:search"
PARAMS = f"{_BASE}:search-params"
_ORDER = f"{{{_BASE}:order}}"
_ERROR = f"{{{_BASE}:error}}"
_RSM = "{http://jabber.org/protocol/rsm}"
_CATEGORY = f"{{{NAMESPACE}}}category"
_ROOMS = "xep-0045"
_ORDERS = {f"{_ORDER}nusers": Order.MEMBERS, f"{_ORDER}address": Order.ADDRESS}
_TRUE = frozenset(("1", "true"))
_SHORTEST = 2
_MOST_TERMS = 8
_PAGE, _LARGEST_PAGE, _MOST_DIGITS = 20, 50, 6


def setup(stream: ComponentXMPP, world: World) -> None:
    """Answer searches."""
    Edge(stream, world).serve(f"{{{SEARCH}}}search", Search(world).answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Query:
    wanted: Wanted
    code: str | None  # q is one
    order: Order
    is_for_rooms: bool


class Search:
    """Answers for one component."""

    def __init__(self, world: World) -> None:
        """Nothing is kept but how fast each account asks."""
        self._world = world
        self._throttle = Throttle(world)

    async def answer(self, request: Request) -> Element:
        """The form to fill in, or what was found with one that came filled in."""
        if request.kind != "get":
            raise RequestError("bad-request", "modify", "error-not-a-get")
        if request.to.partition("/")[0] != self._world.settings.xmpp.domain:
            raise RequestError("item-not-found", "cancel", "error-nobody-here")
        if not self._throttle.spend(request.account):
            raise RequestError("resource-constraint", "wait", "error-search-too-fast", specific=f"{_ERROR}rate-limit")
        x = request.payload.find(FORM)
        if x is None:
            return self._form(request.language)
        query = _read(x, self._world.settings)
        most, after = _read_page(request.payload.find(f"{_RSM}set"))
        return self._write(await self._find(query, most, after))

    async def _find(self, query: _Query, most: int, after: str | None) -> Page:
        directory = self._world.store.directory
        if not query.is_for_rooms:
            return Page(entries=(), total=0)
        if query.code is None:
            try:
                return await directory.search(query.wanted, query.order, after=after, most=most)
            except ValueError:
                raise RequestError("item-not-found", "cancel", "error-search-page") from None
        entry = await directory.by_code(query.code)
        is_shown = entry is not None and entry.is_public and entry.room.status is not RoomStatus.CLOSED
        found = (entry,) if entry is not None and is_shown and after is None else ()
        return Page(entries=found[:most], total=int(is_shown))

    # as XML

    def _form(self, language: str) -> Element:
        def say(text: str) -> str:
            return self._world.texts.get(language, text)

        categories = self._world.settings.categories
        titles = [Option(value=name, label=category_title(self._world, language, name)) for name in categories]
        orders = [Option(value=value, label=say(f"search-by-{order.value}")) for value, order in _ORDERS.items()]
        fields = (
            Field(var="FORM_TYPE", kind=FieldKind.HIDDEN, value=PARAMS),
            Field(var="q", label=say("field-search-words")),
            Field(var="all", label=say("field-search-all"), kind=FieldKind.BOOLEAN, value="false"),
            Field(var="sinname", label=say("field-search-name"), kind=FieldKind.BOOLEAN, value="true"),
            Field(var="sindescription", label=say("field-search-text"), kind=FieldKind.BOOLEAN, value="false"),
            Field(var="sinaddress", label=say("field-search-address"), kind=FieldKind.BOOLEAN, value="true"),
            Field(
                var="key",
                label=say("field-search-key"),
                kind=FieldKind.LIST,
                value=next(iter(_ORDERS)),
                options=tuple(orders),
            ),
            Field(
                var=_CATEGORY,
                label=say("field-category"),
                kind=FieldKind.LIST,
                options=(Option(value="", label=say("find-any-category")), *titles),
            ),
        )
        search = Element(f"{{{SEARCH}}}search")
        search.append(write_form(Form(title=say("search-title"), instructions=say("find-instructions"), fields=fields)))
        return search

    def _write(self, page: Page) -> Element:
        result = Element(f"{{{SEARCH}}}result")
        for entry in page.entries:
            self._write_item(SubElement(result, f"{{{SEARCH}}}item", {"address": entry.room.jid}), entry)
        paging = SubElement(result, f"{_RSM}set")
        if page.entries:
            SubElement(paging, f"{_RSM}first").text = page.first
            SubElement(paging, f"{_RSM}last").text = page.last
        SubElement(paging, f"{_RSM}count").text = str(page.total)
        return result

    def _write_item(self, item: Element, entry: Entry) -> None:
        room, settings = entry.room, self._world.settings
        is_open = join_mode_of(room, settings, self._world.now()) is JoinMode.OPEN
        name = " ".join(show(entry.name).split())
        told = {"name": name} if name else {}
        told |= {"nusers": str(entry.members), "service-type": _ROOMS, "is-open": str(is_open).lower()}
        for tag, text in told.items():
            SubElement(item, f"{{{SEARCH}}}{tag}").text = text
        for tag, text in (
            ("code", room.code),
            ("category", category_of(room, settings)),
            ("scale", scale_of(room, settings)),
        ):
            SubElement(item, f"{{{NAMESPACE}}}{tag}").text = text


def _read(x: Element, settings: Settings) -> _Query:
    """What a submission asks for; fields that nobody knows are ignored.

    Raises:
        RequestError: it asks for nothing, for two things at once, or for what cannot be.
    """
    try:
        given = read_submission(x)
    except MalformedFormError:
        raise RequestError("bad-request", "modify", "error-bad-form") from None
    if given.get("FORM_TYPE") != PARAMS:
        raise RequestError("bad-request", "modify", "error-bad-form")
    words, is_for_all = given.get("q", "").strip(), given.get("all") in _TRUE
    category = given.get(_CATEGORY, "")
    if words and is_for_all:
        raise _bad("error-search-conflict", "conflicting-fields")
    if not (words or is_for_all or category):
        raise _bad("error-search-nothing", "no-search-conditions")
    if category and category not in settings.categories:
        raise _bad("error-search-category", "invalid-search-terms")
    order = _ORDERS.get(given.get("key") or next(iter(_ORDERS)))
    if order is None:
        raise RequestError(
            "feature-not-implemented", "modify", "error-search-key", specific=f"{_ERROR}invalid-sort-key"
        )
    code, types = codes.parse(words), given.get("types", "")
    terms = () if code is not None else _terms(words)
    wanted = Wanted(
        terms=terms,
        in_names=_is_on(given, "sinname"),
        in_addresses=_is_on(given, "sinaddress") and _is_on(given, "sinaddr"),  # the XEP calls it either way
        category=meant_by(settings, category) if category else None,
    )
    return _Query(wanted=wanted, code=code, order=order, is_for_rooms=not types or _ROOMS in types.splitlines())


def _terms(words: str) -> tuple[str, ...]:
    terms = tuple(words.split())
    if words and not any(len(term) >= _SHORTEST for term in terms):
        raise _bad("error-search-terms", "invalid-search-terms")
    return terms[:_MOST_TERMS]


def _is_on(given: Answers, var: str) -> bool:
    return given.get(var, "true") in _TRUE


def _read_page(paging: Element | None) -> tuple[int, str | None]:
    """How many are wanted at most, and after which."""
    if paging is None:
        return _PAGE, None
    if paging.find(f"{_RSM}before") is not None or paging.find(f"{_RSM}index") is not None:
        raise RequestError("feature-not-implemented", "cancel", "error-search-backwards")
    most = paging.findtext(f"{_RSM}max", str(_PAGE)).strip()
    if not (most.isascii() and most.isdigit() and len(most) <= _MOST_DIGITS):
        raise RequestError("bad-request", "modify", "error-search-page")
    return min(int(most), _LARGEST_PAGE), paging.findtext(f"{_RSM}after") or None


def _bad(text: str, specific: str) -> RequestError:
    return RequestError("bad-request", "modify", text, specific=f"{_ERROR}{specific}")
