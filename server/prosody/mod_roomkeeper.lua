-- Roomkeeper's hook for Prosody 0.12 and 13: holds every stanza a user sends to this MUC service, asks Roomkeeper and
-- obeys. It holds no policy. docs/protocol.md describes the protocol, urn:roomkeeper:hook:1, README.md the options.
-- One file of more than 300 lines on purpose: installing the hook is copying this file.

-- COMPAT: Prosody 0.12 has no "prosody." prefix; 13 accepts both.
local st = require "util.stanza";
local jid = require "util.jid";
local config = require "core.configmanager";
local sha256 = require "util.hashes".sha256;
local datetime = require "util.datetime".datetime;
local new_id = require "util.id".medium;
local parse_xml = require "util.xml".parse;
local time_now = require "util.time".now;

local jid_bare, jid_host, jid_node, jid_resource = jid.bare, jid.host, jid.node, jid.resource;
local xml_escape = st.xml_escape;
local hosts, full_sessions = prosody.hosts, prosody.full_sessions;
local core_post_stanza = prosody.core_post_stanza;

local xmlns_hook = "urn:roomkeeper:hook:1";
local xmlns_forward = "urn:xmpp:forward:0";
local xmlns_stanzas = "urn:ietf:params:xml:ns:xmpp-stanzas";
local xmlns_owner = "http://jabber.org/protocol/muc#owner";
local xmlns_admin = "http://jabber.org/protocol/muc#admin";
local xmlns_user = "http://jabber.org/protocol/muc#user";
local xmlns_register = "jabber:iq:register";
local xmlns_info = "http://jabber.org/protocol/disco#info";
local xmlns_items = "http://jabber.org/protocol/disco#items";
local xmlns_commands = "http://jabber.org/protocol/commands";
local xmlns_stanza_id = "urn:xmpp:sid:0";
local xmlns_hats = "urn:xmpp:hats:0";

local PRIORITY = 1000; -- before any module that would handle, archive or broadcast the stanza
local COLD_ROOMS_PER_PAGE = 50; -- rooms read from disk for one page of a snapshot: a page must not stall the server
local MOST_FIELDS = 32; -- of a room's description
local MOST_HATS = 16; -- of an occupant
local COMMAND_PREFIX = "urn:roomkeeper:cmd:";
local AWAY_TEXT = "Group chat cannot be checked at the moment. Please try again in a minute.";
local MOST_RETRACTED = 200; -- messages taken back by one request
local RETRACTING_S = 0.02; -- spent on them at a stretch: an archive may write its whole file for each
local FULL_TEXT = "Too many stanzas are waiting to be checked. Please try again in a minute.";

local service = module.host;
if module:get_host_type() ~= "component" or not hosts[service].modules.muc then
	error("mod_roomkeeper belongs in modules_enabled of a MUC service: Component \""..service.."\" \"muc\"", 0);
end
local muc = module:depends "muc";

-- Options ------------------------------------------------------------------------------------------------------------

local units = {
	[""] = 1; ms = 0.001;
	s = 1; sec = 1; second = 1; seconds = 1;
	m = 60; min = 60; minute = 60; minutes = 60;
	h = 3600; hour = 3600; hours = 3600;
};
local known_options = {
	roomkeeper_component = true; roomkeeper_timeout = true; roomkeeper_grace = true;
	roomkeeper_on_failure = true; roomkeeper_max_held = true; roomkeeper_remembered = true;
};

local function bad_option(name, expected)
	error(("%s = %s: expected %s"):format(name, tostring(module:get_option(name)), expected), 0);
end

-- COMPAT: get_option_period came with Prosody 13.
local function period_option(name, default, minimum)
	local value = module:get_option(name, default);
	local number, unit = tostring(value):match("^%s*(%d+%.?%d*)%s*(%a*)%s*$");
	local seconds = number and units[unit:lower()] and tonumber(number) * units[unit:lower()];
	if not seconds or seconds < minimum then
		bad_option(name, ("seconds, or a text such as \"5s\" or \"1 minute\", at least %gs"):format(minimum));
	end
	return seconds;
end

local function component_option()
	local value = module:get_option("roomkeeper_component");
	local list, seen = type(value) == "table" and value or { value }, {};
	if #list == 0 then bad_option("roomkeeper_component", "the domain of Roomkeeper, or a list of domains"); end
	for i, domain in ipairs(list) do
		local prepared = type(domain) == "string" and jid.prep(domain);
		if not prepared or prepared ~= jid_host(prepared) or prepared == service or seen[prepared] then
			error(("roomkeeper_component: entry %d (%s) is not a domain of its own"):format(i, tostring(domain)), 0);
		end
		seen[i], seen[prepared] = prepared, true;
	end
	return seen;
end

local function failure_option()
	local value = module:get_option("roomkeeper_on_failure", "deny");
	local allowed = {};
	for kind, choice in pairs(type(value) == "table" and value or { message = value; presence = value; iq = value }) do
		if (kind ~= "message" and kind ~= "presence" and kind ~= "iq") or (choice ~= "deny" and choice ~= "allow") then
			bad_option("roomkeeper_on_failure",
				"\"deny\", \"allow\", or a table such as { message = \"allow\", presence = \"deny\", iq = \"deny\" }");
		end
		allowed[kind] = choice == "allow";
	end
	return allowed;
end

local function read_settings()
	for name in pairs(config.getconfig()[service] or {}) do
		if name:find("^roomkeeper_") and not known_options[name] then
			error(("%s: there is no such option of mod_roomkeeper"):format(name), 0);
		end
	end
	local max_held = module:get_option("roomkeeper_max_held", 10000);
	if type(max_held) ~= "number" or max_held < 1 then bad_option("roomkeeper_max_held", "a number, at least 1"); end
	local remembered = module:get_option("roomkeeper_remembered", 20000);
	if type(remembered) ~= "number" or remembered < 0 then bad_option("roomkeeper_remembered", "a number, at least 0"); end
	return {
		remembered = remembered;
		components = component_option();
		timeout = period_option("roomkeeper_timeout", "5s", 0.05);
		grace = period_option("roomkeeper_grace", "10s", 0);
		passes_on_failure = failure_option();
		max_held = max_held;
	};
end

local settings; -- nil as long as the options make no sense: everything that would be asked is denied

local function load_settings()
	local ok, result = pcall(read_settings);
	if ok then
		settings = result;
		module:set_status("info", "asking "..table.concat(result.components, ", "), true);
		return true;
	end
	local consequence = settings and "the old settings stay" or "everything is denied until this is right";
	module:log("error", "%s: %s", result, consequence);
	module:set_status("error", result);
end

-- Roomkeeper's instances ---------------------------------------------------------------------------------------------

local cut_off = setmetatable({}, { __mode = "k" }); -- component sessions that are going down right now
local unreachable = {}; -- domains of remote instances that another server answered for
local away_since; -- when the last reachable instance was lost; nil while there is one

-- The stream of an instance connected to this server, or false when it is not; nil for an instance elsewhere.
local function stream_of(domain)
	local host = hosts[domain];
	local component = host and host.modules.component;
	if not component then return nil; end
	local session = component.session;
	return session and not cut_off[session] and session or false;
end

local function is_reachable(domain)
	local stream = stream_of(domain);
	return stream or (stream == nil and not unreachable[domain]);
end

-- Rendezvous hashing (docs/protocol.md, "Shards"): a room stays where it is unless its instance goes.
local function instance_for(room)
	local components = settings.components;
	if not components[2] then
		return is_reachable(components[1]) and components[1];
	end
	local best, best_weight = nil, "";
	for _, domain in ipairs(components) do
		if is_reachable(domain) then
			local weight = sha256(domain.."\n"..room, true);
			if weight > best_weight then best, best_weight = domain, weight; end
		end
	end
	return best;
end

local function is_instance(address)
	return settings and settings.components[address];
end

-- Serialised XML goes straight to a stream on this server; anywhere else by the ordinary way, as a stanza.
local function tell(domain, text)
	local stream = stream_of(domain);
	if stream then
		stream.send(text);
	else
		module:send(parse_xml(text));
	end
end

local function address_at(domain, room)
	local node = jid_node(room);
	return node and node.."@"..domain or domain;
end

-- What is asked about ------------------------------------------------------------------------------------------------

local harmless_namespaces = {
	["http://jabber.org/protocol/chatstates"] = true;
	["urn:xmpp:chat-markers:0"] = true;
	["urn:xmpp:receipts"] = true;
	["urn:xmpp:hints"] = true;
	["urn:xmpp:sid:0"] = true;
};
local forgeable_namespaces = {
	["urn:xmpp:hats:0"] = true;
	["xmpp:prosody.im/protocol/hats:1"] = true;
};

-- Chat states, markers and receipts alone matter to nobody; with any text in them they would.
local function is_harmless_message(stanza)
	local tags = stanza.tags;
	for i = 1, #tags do
		local tag = tags[i];
		if tag[1] or not harmless_namespaces[tag.attr.xmlns] then return false; end
	end
	return tags[1] ~= nil;
end

-- The room, or nil when there is none: a tombstone is none.
local function live_room(address)
	local room = muc.get_room_from_jid(address);
	return room and not room._data.destroyed and room or nil;
end

local function is_occupant(stanza)
	local room = live_room(jid_bare(stanza.attr.to));
	return room and room:get_occupant_jid(stanza.attr.from);
end

local descriptions = setmetatable({}, { __mode = "k" }); -- room → fields that its disco#info gets from Roomkeeper

-- Asked about once for as long as the room is in memory: then its own disco#info can be answered without a question.
local function is_about_undescribed_room(stanza, payload)
	local to = stanza.attr.to;
	if payload.attr.node or jid_resource(to) or not jid_node(to) then return false; end
	local room = live_room(to);
	return room ~= nil and not descriptions[room];
end

-- What commands a room has, and what one of them is (XEP-0050 §2): the component may have some for those who ask.
local function is_about_commands(stanza, payload)
	local node, to = payload.attr.node, stanza.attr.to;
	if not node or jid_resource(to) or not jid_node(to) then return false; end
	return node == xmlns_commands or node:sub(1, #COMMAND_PREFIX) == COMMAND_PREFIX;
end

local wordless_attributes = { xmlns = true; node = true };

-- Whether there is anything in the elements below that a client could show.
local function has_words(element)
	for i = 1, #element do
		local child = element[i];
		if type(child) == "string" then
			if child:find("%S") then return true; end
		else
			for name in pairs(child.attr) do
				if not wordless_attributes[name] then return true; end
			end
			if has_words(child) then return true; end
		end
	end
	return false;
end

local function is_asked(stanza)
	local kind, type = stanza.name, stanza.attr.type;
	if kind == "message" then
		return not is_harmless_message(stanza);
	elseif kind == "presence" then
		return type == nil; -- probes and subscriptions never reach an occupant
	end
	local is_to_occupant = jid_resource(stanza.attr.to) ~= nil;
	if type == "result" then
		return is_to_occupant and has_words(stanza); -- others are for the server itself
	end
	local payload = stanza.tags[1];
	local xmlns = payload and payload.attr.xmlns or "";
	if not is_to_occupant and xmlns:find("^urn:xmpp:mam:") then
		return not is_occupant(stanza);
	end
	if type ~= "get" or xmlns == xmlns_owner or xmlns == xmlns_register then return true; end
	if is_to_occupant then return has_words(stanza); end
	if (xmlns == xmlns_info or xmlns == xmlns_items) and is_about_commands(stanza, payload) then return true; end
	return xmlns == xmlns_info and is_about_undescribed_room(stanza, payload);
end

-- Hats are given by the room, never by the user. 0.12 lets those of urn:xmpp:hats:0 through.
local function strip_forgeries(stanza)
	local tags = stanza.tags;
	for i = 1, #tags do
		if forgeable_namespaces[tags[i].attr.xmlns] then
			return stanza:maptags(function (tag)
				if not forgeable_namespaces[tag.attr.xmlns] then return tag; end
			end);
		end
	end
end

local error_types = { auth = true; cancel = true; continue = true; modify = true; wait = true };

-- What passes unasked must not carry words: rooms show others the status of a leave and the text of an error that
-- puts its sender out, and pass on errors to single occupants.
local function without_words(stanza)
	local copy = st.clone(stanza, true);
	local err = stanza.attr.type == "error" and stanza:get_child("error");
	if err then
		local bare = st.stanza("error", { type = error_types[err.attr.type] and err.attr.type or "cancel" });
		for _, tag in ipairs(err.tags) do
			if tag.name ~= "text" and not tag[1] then bare:tag(tag.name, { xmlns = tag.attr.xmlns }):up(); end
		end
		copy:add_direct_child(bare);
	end
	return copy;
end

-- Whoever hands a stanza over may go on using it (mod_presence sends one presence to many rooms, changing its
-- address each time): what is kept needs attributes and child list of its own. Children are shared.
local function own_copy(stanza)
	local copy = st.clone(stanza, true);
	for i = 1, #stanza do copy[i] = stanza[i]; end
	for i = 1, #stanza.tags do copy.tags[i] = stanza.tags[i]; end
	return copy;
end

-- Events -------------------------------------------------------------------------------------------------------------

local function attribute(name, value)
	return value and (" "..name.."='"..xml_escape(value).."'") or "";
end

-- What a room shows of itself in the server's list.
local function listing_attributes(data)
	return attribute("name", data.name).." public='"..tostring(not data.hidden).."'";
end

local function notify(type, room, subject, nick, role, affiliation, id, more)
	local domain = settings and instance_for(room);
	if not domain then return; end -- it learns from a snapshot when it is back
	tell(domain, "<message from='"..service.."' to='"..xml_escape(address_at(domain, room)).."'>"
		.."<event xmlns='"..xmlns_hook.."' type='"..type.."'"..attribute("room", room)..attribute("jid", subject)
		..attribute("nick", nick)..attribute("role", role)..attribute("affiliation", affiliation)
		..attribute("id", id)..(more or "").."/></message>");
end

local function notify_occupant(type, room, occupant, full_jid)
	notify(type, room.jid, full_jid, jid_resource(occupant.nick), occupant.role or "none",
		room:get_affiliation(occupant.bare_jid) or "none");
end

local creating = setmetatable({}, { __mode = "k" }); -- room whose creation is not told yet → creator
local roles = setmetatable({}, { __mode = "k" }); -- room → in-room JID → role last told
local leaving; -- full JID of a leave being let go that was not told yet

local function remember_roles(room)
	local known = {};
	for nick, occupant in room:each_occupant() do known[nick] = occupant.role; end
	roles[room] = known;
	return known;
end

local function tell_created(room)
	local creator = creating[room];
	creating[room] = nil;
	notify("created", room.jid, creator or nil, nil, nil, nil, nil, listing_attributes(room._data));
end

module:hook("muc-room-pre-create", function (event)
	creating[event.room] = event.stanza.attr.from;
end, PRIORITY);

module:hook("muc-room-created", function (event)
	-- A room made by another module has no creator and was not announced before.
	if creating[event.room] or not event.creator then tell_created(event.room); end
end, PRIORITY);

module:hook("muc-room-restored", function (event)
	remember_roles(event.room);
end);

module:hook("muc-room-destroyed", function (event)
	if not creating[event.room] then notify("destroyed", event.room.jid); end
end, PRIORITY);

module:hook("muc-occupant-session-new", function (event)
	if creating[event.room] then tell_created(event.room); end
	notify_occupant("joined", event.room, event.occupant, event.jid);
end, PRIORITY);

module:hook("muc-occupant-left", function (event)
	local stanza = event.stanza;
	if stanza and stanza.attr.type == nil then return; end -- fires for a change of nickname, too
	for full_jid in event.occupant:each_session() do
		if full_jid == leaving then leaving = nil; end
		notify_occupant("left", event.room, event.occupant, full_jid);
	end
end, PRIORITY);

module:hook("muc-broadcast-presence", function (event)
	local room, occupant = event.room, event.occupant;
	if not occupant then return; end
	local known = roles[room] or remember_roles(room);
	local before = known[occupant.nick];
	known[occupant.nick] = occupant.role;
	if before and occupant.role and before ~= occupant.role then
		for full_jid in occupant:each_session() do
			notify_occupant("role", room, occupant, full_jid);
		end
	end
end, PRIORITY);

module:hook("muc-set-affiliation", function (event)
	if creating[event.room] then return; end -- the creator's own: told with the join
	notify("affiliation", event.room.jid, event.jid, nil, nil, event.affiliation);
end, PRIORITY);

-- Both fire for each field of a form that was filled in, before the room is saved.
for _, field in ipairs { "muc#roomconfig_roomname", "muc#roomconfig_publicroom" } do
	module:hook("muc-config-submitted/"..field, function (event)
		local room = event.room;
		if event.status_codes["104"] and not creating[room] then
			notify("configured", room.jid, nil, nil, nil, nil, nil, listing_attributes(room._data));
		end
	end, -PRIORITY);
end

-- Letting go ---------------------------------------------------------------------------------------------------------

local passing; -- the stanza that the hook itself hands back to the server

local function is_dead(origin)
	return origin.destroyed or not origin.send;
end

local function hand_over(origin, stanza)
	local outer = passing;
	passing = stanza;
	local ok, err = xpcall(core_post_stanza, debug.traceback, origin, stanza, false);
	passing = outer;
	if not ok then module:log("error", "Fault in the server while handling %s: %s", stanza:top_tag(), err); end
end

-- Hands a stanza over and tells what became of the sender's place in the room.
local function hand_over_and_watch(origin, stanza)
	local from = stanza.attr.from;
	local room = muc.get_room_from_jid(jid_bare(stanza.attr.to));
	local nick = room and room:get_occupant_jid(from);
	leaving = nick and from;
	hand_over(origin, stanza);
	if nick and muc.get_room_from_jid(room.jid) == room then
		local now = room:get_occupant_jid(from);
		if not now and leaving then -- one of several sessions of an occupant: no event of its own in Prosody
			notify("left", room.jid, from, jid_resource(nick), "none", room:get_affiliation(from) or "none");
		elseif now and now ~= nick then
			local known = roles[room] or remember_roles(room);
			known[nick] = nil;
			notify_occupant("role", room, room:get_occupant_by_real_jid(from), from);
		end
	end
	leaving = nil;
end

local function refuse(entry)
	notify("refused", entry.room, entry.stanza.attr.from, nil, nil, nil, entry.id);
end

-- Whether an allowed stanza that takes a place (created, joined, registered) had its effect.
local function had_effect(entry)
	local room = live_room(entry.room);
	local from = entry.stanza.attr.from;
	if entry.takes_place == "join" then
		return room and room:get_occupant_jid(from);
	elseif entry.takes_place == "register" then
		return room and room:get_registered_nick(jid_bare(from));
	end
	return room;
end

local function let_go(entry, stanza)
	local origin = entry.origin;
	if is_dead(origin) then
		if entry.takes_place == "join" then
			-- INVARIANT: nobody comes in who is gone. What the room sends first would bounce and put them out again,
			-- and where only the link to another server died, nothing would.
			refuse(entry);
			return;
		end
		origin = hosts[service]; -- answers are routed, to a session that took over or to nobody
	end
	if stanza.name == "message" then
		hand_over(origin, stanza);
		return;
	end
	hand_over_and_watch(origin, stanza);
	if entry.takes_place and not had_effect(entry) then
		refuse(entry);
		local room = live_room(entry.room);
		if room and not (entry.exists or room:has_occupant() or room:get_persistent()) then
			room:destroy(); -- COMPAT: Prosody keeps the empty shell of a room whose creator was turned away
		end
	end
end

-- An error in the place of an answer that is not let through: who asked is owed one, who answered is told nothing
-- (RFC 6120 §8.2.3).
local function failed_answer(result, err)
	local copy = st.clone(err);
	copy.attr.from, copy.attr.to = result.attr.from, result.attr.to;
	return without_words(copy);
end

local function answer(entry, reply)
	if entry.stanza.attr.type == "result" then
		let_go(entry, failed_answer(entry.stanza, reply));
	elseif is_dead(entry.origin) then
		module:send(reply);
	else
		entry.origin.send(reply);
	end
end

-- The stanza's own error reply, from the <error/> of a verdict (which is in the hook's namespace).
local function denial(stanza, err)
	local reply = st.reply(stanza);
	reply.attr.type = "error";
	reply:tag("error", { type = error_types[err.attr.type] and err.attr.type or "cancel" });
	for child in err:children() do
		if child.name then reply:add_child(st.clone(child)); end
	end
	return reply:reset();
end

-- Remembers what the verdict on a query for a room's disco#info said of the room.
local function describe(entry)
	local room, fields = live_room(entry.room), {};
	for field in entry.payload:childtags("field") do
		if field.attr.var and #fields < MOST_FIELDS then
			fields[#fields + 1] = { var = field.attr.var, value = field:get_child_text("value") or "" };
		end
	end
	if room then descriptions[room] = fields; end
end

-- Hats (XEP-0317) that occupants wear: room JID → bare JID → list. What the verdict on the last join said.
local hats = {};

local function wear(room_jid, bare_jid, list)
	local worn = hats[room_jid];
	if not worn then
		if not list then return; end
		worn = {};
		hats[room_jid] = worn;
	end
	worn[bare_jid] = list;
	if not next(worn) then hats[room_jid] = nil; end
end

-- The <hat/>s in an element, or nil if there are none.
local function read_hats(element)
	local list = {};
	for _, hat in ipairs(element and element.tags or {}) do
		if hat.name == "hat" and hat.attr.uri and #list < MOST_HATS then
			list[#list + 1] = { uri = hat.attr.uri; title = hat.attr.title or ""; affiliations = hat.attr.affiliations };
		end
	end
	return list[1] and list or nil;
end

local function wear_told(entry)
	wear(entry.room, jid_bare(entry.stanza.attr.from), read_hats(entry.payload));
end

local function are_same(one, other)
	if #(one or {}) ~= #(other or {}) then return false; end
	for i, hat in ipairs(one or {}) do
		local twin = other[i];
		if hat.uri ~= twin.uri or hat.title ~= twin.title or hat.affiliations ~= twin.affiliations then return false; end
	end
	return true;
end

-- Gives other hats to occupants of a room; whose hats change, of them the room tells everybody by a presence.
local function change_hats(element)
	local room = live_room(element.attr.jid);
	if not room then return; end
	local inside = {};
	for _, occupant in room:each_occupant() do
		local those = inside[occupant.bare_jid] or {};
		inside[occupant.bare_jid] = those;
		those[#those + 1] = occupant;
	end
	for wearer in element:childtags("wearer") do
		local bare_jid, list = wearer.attr.jid, read_hats(wearer);
		if inside[bare_jid] and not are_same(list, hats[room.jid] and hats[room.jid][bare_jid]) then
			wear(room.jid, bare_jid, list);
			for _, occupant in ipairs(inside[bare_jid]) do
				room:publicise_occupant_status(occupant, st.stanza("x", { xmlns = xmlns_user }));
			end
		end
	end
end

local function carry_out(entry)
	local decision, stanza = entry.decision, entry.stanza;
	if decision == "allow" then
		if entry.is_query and entry.payload then describe(entry); end
		if entry.takes_place == "join" then wear_told(entry); end
		let_go(entry, stanza);
	elseif decision == "replace" then
		let_go(entry, entry.payload);
	elseif decision == "deny" then
		answer(entry, denial(stanza, entry.payload));
	elseif decision == "reply" then
		local reply = st.reply(stanza);
		for _, child in ipairs(entry.payload.tags) do reply:add_child(st.clone(child)); end
		answer(entry, reply);
	elseif entry.is_query then
		let_go(entry, stanza); -- what the room tells by itself is no secret, with or without the rest
	elseif decision == "full" then
		answer(entry, st.error_reply(stanza, "wait", "resource-constraint", FULL_TEXT, service));
	elseif settings.passes_on_failure[stanza.name] then
		let_go(entry, stanza);
	else
		answer(entry, st.error_reply(stanza, "wait", "remote-server-timeout", AWAY_TEXT, service));
	end
end

-- The queues: one per sender's full JID and room, let go strictly from the head ---------------------------------------

local queues = {};
local pending = {}; -- id → entry whose question is under way
local late = {}; -- id → entry that timed out: a verdict that still comes has taken a place for nothing
local held = 0;
local id_prefix, last_number = new_id(), 0;

local function check_for(entry, domain)
	local stanza, room = entry.stanza, live_room(entry.room);
	local nick = room and room:get_occupant_jid(stanza.attr.from);
	local occupant = nick and room._occupants[nick]; -- get_occupant_by_nick would copy it
	entry.exists = room ~= nil;
	if stanza.name == "presence" then
		entry.takes_place = not nick and "join" or nil;
	end
	entry.to = address_at(domain, entry.room);
	stanza.attr.xmlns = "jabber:client";
	local forwarded = tostring(stanza);
	stanza.attr.xmlns = nil;
	return "<iq type='set' id='"..entry.id.."' from='"..service.."' to='"..xml_escape(entry.to).."'>"
		.."<check xmlns='"..xmlns_hook.."' exists='"..tostring(entry.exists)
		.."' role='"..(occupant and occupant.role or "none")
		.."' affiliation='"..(room and room:get_affiliation(stanza.attr.from) or "none").."'"
		..(nick and attribute("nick", jid_resource(nick)) or "").."><forwarded xmlns='"..xmlns_forward.."'>"
		..forwarded.."</forwarded></check></iq>";
end

local function ask(entry)
	local now = time_now();
	local domain = instance_for(entry.room);
	if not domain then
		away_since = away_since or now;
		entry.domain, entry.asked_at = nil, nil;
		entry.waiting_since = now;
		if entry.is_query or now - away_since > settings.grace then entry.decision = "failure"; end
		return;
	end
	away_since = nil;
	entry.domain, entry.stream, entry.asked_at = domain, stream_of(domain), now;
	pending[entry.id] = entry;
	tell(domain, check_for(entry, domain));
end

-- Asks about whatever may be asked. Messages do not change their sender's standing in a room, so the next stanza is
-- asked about while they are under way; behind anything else the facts of a check would be those of yesterday.
local function ask_ahead(queue)
	while queue.next <= queue.last and not queue.barrier do
		local entry = queue[queue.next];
		queue.next = queue.next + 1;
		if entry.is_barrier then queue.barrier = entry; end
		if not entry.decision then ask(entry); end
	end
end

-- Whether a room came or went since the question about entering it: then it was another question.
local function is_outdated(entry)
	local place = entry.takes_place;
	if not entry.asked_at or (place ~= "join" and place ~= "create") then return false; end
	return (entry.decision == "allow" or entry.decision == "replace") and (live_room(entry.room) ~= nil) ~= entry.exists;
end

local function ask_anew(entry)
	last_number = last_number + 1;
	entry.id, entry.decision, entry.payload = id_prefix..last_number, nil, nil;
	ask(entry);
end

local function work_off(queue)
	ask_ahead(queue);
	local entry = queue[queue.first];
	while entry and entry.decision do
		pending[entry.id] = nil;
		if is_outdated(entry) then
			ask_anew(entry);
		else
			queue[queue.first] = nil;
			queue.first = queue.first + 1;
			if queue.next < queue.first then queue.next = queue.first; end
			if queue.barrier == entry then queue.barrier = nil; end
			held = held - 1;
			carry_out(entry);
			ask_ahead(queue);
		end
		entry = queue[queue.first];
	end
end

-- INVARIANT: whatever fails for one entry, the queue goes on behind it.
local function settle(queue)
	if queue.is_settling then return; end
	queue.is_settling = true;
	local ok, err = xpcall(work_off, debug.traceback, queue);
	queue.is_settling = false;
	if not ok then
		module:log("error", "Fault while working off what is held: %s", err);
		settle(queue);
	elseif queue.first > queue.last then
		queues[queue.key] = nil;
	end
end

local changes_standing = { [xmlns_owner] = true; [xmlns_admin] = true; [xmlns_register] = true };

local function hold(origin, stanza, room, is_leave)
	local key = stanza.attr.from.."\0"..room;
	local queue = queues[key];
	if is_leave and queue[queue.last].is_leave then return; end -- twice changes nothing, and leaves are not counted
	if not queue then
		queue = { key = key; first = 1; last = 0; next = 1 };
		queues[key] = queue;
	end
	last_number = last_number + 1;
	local entry = {
		id = id_prefix..last_number; number = last_number; queue = queue; origin = origin; stanza = stanza; room = room;
		held_at = time_now();
		-- Named here so that the table is made once, for the sixteen fields that it may hold on the usual way.
		exists = nil; to = nil; domain = nil; stream = nil; asked_at = nil; decision = nil; payload = nil;
	};
	if is_leave then
		entry.is_leave, entry.is_barrier, entry.decision = true, true, "allow";
	elseif stanza.name == "presence" then
		entry.is_barrier = true;
	elseif stanza.name == "iq" and stanza.attr.type ~= "result" then
		local payload = stanza.tags[1];
		local xmlns = payload and payload.attr.xmlns;
		entry.is_barrier = changes_standing[xmlns];
		entry.is_query = stanza.attr.type == "get" and (xmlns == xmlns_info or xmlns == xmlns_items)
			and not jid_resource(stanza.attr.to) or nil;
		if xmlns == xmlns_register and stanza.attr.type == "set" and not payload:get_child("remove") then
			entry.takes_place = "register";
		elseif xmlns == xmlns_owner and not live_room(room) then
			entry.takes_place = "create";
		end
	end
	if held >= settings.max_held and not is_leave then entry.decision = "full"; end
	held = held + 1;
	queue.last = queue.last + 1;
	queue[queue.last] = entry;
	settle(queue);
end

local function in_order_of_arrival(entries)
	table.sort(entries, function (a, b) return a.number < b.number; end);
	return entries;
end

-- All held entries without a decision that `is_meant` picks, oldest first.
local function undecided(is_meant)
	local found = {};
	for _, queue in pairs(queues) do
		for i = queue.first, queue.last do
			local entry = queue[i];
			if not entry.decision and is_meant(entry) then found[#found + 1] = entry; end
		end
	end
	return in_order_of_arrival(found);
end

local function ask_again(is_meant)
	for _, entry in ipairs(undecided(function (entry)
		return (entry.asked_at or entry.waiting_since) and is_meant(entry);
	end)) do
		if not entry.decision then -- an earlier one's answer may have come at once
			pending[entry.id] = nil;
			entry.waiting_since = nil;
			ask(entry);
			if entry.decision then settle(entry.queue); end
		end
	end
end

local function fail(entries)
	for _, entry in ipairs(entries) do
		pending[entry.id] = nil;
		if entry.asked_at and entry.takes_place and not settings.passes_on_failure[entry.stanza.name] then
			late[entry.id] = entry;
		end
		entry.decision = entry.decision or "failure";
		settle(entry.queue);
	end
end

local function is_waiting(entry)
	return entry.waiting_since;
end

-- Verdicts -----------------------------------------------------------------------------------------------------------

-- A stanza as users' clients send it, from one inside a <forwarded/>.
local function as_client_stanza(element)
	local copy = st.clone(element);
	local function strip(tag)
		if tag.attr.xmlns == "jabber:client" then
			tag.attr.xmlns = nil;
			for _, child in ipairs(tag.tags) do strip(child); end
		end
	end
	strip(copy);
	return copy;
end

local function replacement(original, verdict)
	local forwarded = verdict:get_child("forwarded", xmlns_forward);
	local element = forwarded and forwarded.tags[1];
	if not element or element.attr.xmlns ~= "jabber:client" or element.name ~= original.name then return nil; end
	local stanza = as_client_stanza(element);
	local to = jid.prep(stanza.attr.to or original.attr.to);
	if not to or stanza.attr.type == "error" or (stanza.name ~= "message" and stanza.attr.type ~= original.attr.type) then
		return nil;
	end
	local resource = jid_resource(to);
	stanza.attr.to = jid_bare(original.attr.to)..(resource and "/"..resource or "");
	stanza.attr.from, stanza.attr.id = original.attr.from, original.attr.id;
	return stanza;
end

-- Decision and payload, or nothing when the verdict makes no sense.
local function read_verdict(entry, verdict)
	if not verdict or verdict.name ~= "verdict" or verdict.attr.xmlns ~= xmlns_hook then return nil; end
	local action = verdict.attr.action;
	if action == "allow" then
		return action, verdict:get_child(entry.is_query and "description" or "hats");
	elseif action == "deny" then
		local err = verdict:child_with_name("error");
		return err and err:child_with_ns(xmlns_stanzas) and action, err;
	elseif action == "replace" then
		local stanza = replacement(entry.stanza, verdict);
		return stanza and action, stanza;
	elseif action == "reply" and entry.stanza.name == "iq" and entry.stanza.attr.type ~= "result" then
		return action, verdict;
	end
end

-- Conditions by which a server answers for a component that is not there.
local absences = { ["remote-server-not-found"] = true; ["remote-server-timeout"] = true };

local function on_verdict(event)
	local stanza = event.stanza;
	local id, type = stanza.attr.id, stanza.attr.type;
	local entry = (type == "result" or type == "error") and (pending[id] or late[id]);
	if not entry or entry.to ~= stanza.attr.from then return; end
	local decision, payload;
	if type == "result" then
		decision, payload = read_verdict(entry, stanza.tags[1]);
	end
	if late[id] then
		late[id] = nil;
		if decision == "allow" or decision == "replace" then refuse(entry); end
		return true;
	end
	pending[id] = nil;
	if decision then
		unreachable[entry.domain] = nil;
	else
		local _, condition = stanza:get_error();
		if absences[condition] and stream_of(entry.domain) == nil then
			unreachable[entry.domain] = true;
			ask_again(function (other) return other.domain == entry.domain; end);
			return true;
		end
		module:log("warn", "No verdict but %s from %s", tostring(stanza), entry.to);
		decision = "failure";
	end
	entry.decision, entry.payload = decision, payload;
	settle(entry.queue);
	return true;
end

-- The way in ---------------------------------------------------------------------------------------------------------

local safe_origins = { c2s = true; s2sin = true; s2sout = true; component = true };

local function on_stanza(event)
	local origin, stanza = event.origin, event.stanza;
	local attr = stanza.attr;
	local from, type, kind = attr.from, attr.type, stanza.name;
	if stanza == passing or not from or not attr.to then return; end
	local domain = jid_host(from);
	if domain == service or is_instance(domain) then return; end
	local room = jid_bare(attr.to);
	if type == "error" then
		if kind == "iq" and not jid_resource(attr.to) then return; end -- for the server itself
		hand_over_and_watch(origin, without_words(stanza)); -- an error may put its sender out of the room
		return true;
	elseif kind == "presence" and type == "unavailable" then
		stanza = without_words(stanza);
		if queues[from.."\0"..room] then
			hold(origin, stanza, room, true);
		else
			hand_over_and_watch(origin, stanza);
		end
		return true;
	elseif kind ~= "iq" then
		if kind == "presence" or not safe_origins[origin.type] then stanza = own_copy(stanza); end
		strip_forgeries(stanza);
	end
	if not is_asked(stanza) then return; end
	if settings then
		hold(origin, stanza, room);
	else
		origin.send(st.error_reply(stanza, "wait", "internal-server-error", AWAY_TEXT, service));
	end
	return true;
end

module:hook("iq/host", on_verdict, PRIORITY + 1);
for _, kind in ipairs { "message", "presence", "iq" } do
	for _, target in ipairs { "bare", "full", "host" } do
		module:hook(kind.."/"..target, on_stanza, PRIORITY);
	end
end

-- Acting without joining ---------------------------------------------------------------------------------------------

-- An instance is an owner of every room without standing in its list, whether or not the operator made it an admin.
local room_mt = muc.room_mt;
local plain_get_affiliation = room_mt.get_affiliation;

local function get_affiliation(room, address)
	if is_instance(address) then return "owner"; end
	return plain_get_affiliation(room, address);
end
room_mt.get_affiliation = get_affiliation;

-- Owners may change affiliations from outside, but roles only from inside, and not those of other owners.
module:hook("muc-pre-set-role", function (event)
	if is_instance(event.actor) then event.allowed = true; end
end, -PRIORITY);

-- What rooms say of themselves -------------------------------------------------------------------------------------

module:hook("muc-disco#info", function (event)
	for _, field in ipairs(descriptions[event.room] or {}) do
		table.insert(event.form, { name = field.var; type = "text-single"; value = field.value });
	end
end, -PRIORITY);

-- Some are worn by whoever has a certain affiliation only: a change of it is shown by a presence of its own.
module:hook("muc-build-occupant-presence", function (event)
	local room, stanza = event.room, event.stanza;
	local bare_jid = event.occupant and event.occupant.bare_jid or event.bare_jid;
	local list = hats[room.jid] and hats[room.jid][bare_jid];
	if not list or stanza.attr.type then return; end
	local affiliation = room:get_affiliation(bare_jid) or "none";
	local shown = stanza:get_child("hats", xmlns_hats); -- mod_muc's own stand there already
	for _, hat in ipairs(list) do
		if not hat.affiliations or (" "..hat.affiliations.." "):find(" "..affiliation.." ", 1, true) then
			if not shown then
				shown = st.stanza("hats", { xmlns = xmlns_hats });
				stanza:add_direct_child(shown);
			end
			shown:add_direct_child(st.stanza("hat", { xmlns = xmlns_hats, uri = hat.uri, title = hat.title }));
		end
	end
end, -PRIORITY);

module:hook("muc-disco#info", function (event)
	if hats[event.room.jid] then event.reply:tag("feature", { var = xmlns_hats }):up(); end
end, -PRIORITY);

module:hook("muc-occupant-left", function (event)
	local stanza = event.stanza;
	if stanza and stanza.attr.type == nil then return; end -- fires for a change of nickname, too
	wear(event.room.jid, event.occupant.bare_jid, nil);
end, -PRIORITY);

module:hook("muc-room-destroyed", function (event)
	hats[event.room.jid] = nil;
end, -PRIORITY);

function module.save() return { hats = hats }; end
function module.restore(data) hats = data.hats or {}; end

-- Hats of who is inside already.
module:hook("iq-set/host/"..xmlns_hook..":worn", function (event)
	local origin, stanza = event.origin, event.stanza;
	if not is_instance(stanza.attr.from) then
		origin.send(st.error_reply(stanza, "auth", "forbidden"));
		return true;
	end
	for room in stanza.tags[1]:childtags("room") do change_hats(room); end
	origin.send(st.reply(stanza));
	return true;
end);

-- A description is not right any more: that of one room, or all.
module:hook("iq-set/host/"..xmlns_hook..":outdated", function (event)
	local origin, stanza = event.origin, event.stanza;
	if not is_instance(stanza.attr.from) then
		origin.send(st.error_reply(stanza, "auth", "forbidden"));
		return true;
	end
	local room_jid = stanza.tags[1].attr.room;
	for room in pairs(descriptions) do
		if not room_jid or room.jid == room_jid then descriptions[room] = nil; end
	end
	origin.send(st.reply(stanza));
	return true;
end);

-- Snapshot -----------------------------------------------------------------------------------------------------------

local stored_rooms = module:open_store("persistent");
local stored_configs = module:open_store("config");
local stored_states = module:open_store("state");
local listing; -- sorted room JIDs, kept from one page to the next

local function list_rooms()
	local seen, list = {}, {};
	for room in muc.live_rooms() do
		seen[room.jid] = true;
		list[#list + 1] = room.jid;
	end
	for room_jid in pairs(stored_rooms:get(nil) or {}) do
		if not seen[room_jid] then list[#list + 1] = room_jid; end
	end
	table.sort(list);
	return list;
end

local function occupant_xml(full_jid, nick, role, affiliation)
	return "<occupant"..attribute("jid", full_jid)..attribute("nick", jid_resource(nick))
		..attribute("role", role or "none")..attribute("affiliation", affiliation or "none").."/>";
end

local function affiliation_xml(bare_jid, affiliation)
	return "<affiliation"..attribute("jid", bare_jid)..attribute("affiliation", affiliation).."/>";
end

local function live_room_items(room)
	local items = {};
	for nick, occupant in room:each_occupant() do
		local affiliation = room:get_affiliation(occupant.bare_jid);
		for full_jid in occupant:each_session() do
			items[#items + 1] = occupant_xml(full_jid, nick, occupant.role, affiliation);
		end
	end
	for bare_jid, affiliation in room:each_affiliation() do
		items[#items + 1] = affiliation_xml(bare_jid, affiliation);
	end
	return items;
end

-- A room that is on disk only, read without bringing it into memory (which would push others out).
local function stored_room_items(room_jid)
	local node = jid_node(room_jid);
	local data = stored_configs:get(node);
	if not data or (data._data and data._data.destroyed) then return nil; end
	local items, affiliations = {}, {};
	for key, value in pairs(data._affiliations or data) do
		local _, host, resource = jid.split(key);
		if type(value) == "string" and host and host:sub(1, 1) ~= "_" and not resource and key ~= "jid" then
			affiliations[key] = value;
			items[#items + 1] = affiliation_xml(key, value);
		end
	end
	local state = stored_states:get(node) or {};
	for full_jid, presence in pairs(state) do
		local home = hosts[jid_host(full_jid)];
		local is_gone = home and home.type == "local" and not full_sessions[full_jid];
		if type(presence) == "table" and presence.name == "presence" and not (presence.attr.type or is_gone) then
			local nick = presence.attr.from;
			items[#items + 1] = occupant_xml(full_jid, nick, state[nick] and state[nick].role, affiliations[jid_bare(full_jid)]);
		end
	end
	return items, data._data or {};
end

local function snapshot_page(max, after)
	local rooms = after and listing or list_rooms();
	local live = {};
	for room in muc.live_rooms() do live[room.jid] = room; end
	local parts, size, cold, next_cursor = {}, 0, 0, nil;
	for index, room_jid in ipairs(rooms) do
		if not after or room_jid > after then
			local room, items, data = live[room_jid], nil, nil;
			if not room then
				cold = cold + 1;
				items, data = stored_room_items(room_jid);
			elseif not room._data.destroyed then
				items, data = live_room_items(room), room._data;
			end
			if items then
				parts[#parts + 1] = "<room"..attribute("jid", room_jid)..listing_attributes(data)..">"
					..table.concat(items).."</room>";
				size = size + math.max(1, #items);
			end
			if rooms[index + 1] and (size >= max or cold >= COLD_ROOMS_PER_PAGE) then
				next_cursor = room_jid;
				break;
			end
		end
	end
	listing = next_cursor and rooms;
	return "<snapshot xmlns='"..xmlns_hook.."'"..attribute("next", next_cursor)..">"..table.concat(parts).."</snapshot>";
end

module:hook("iq-get/host/"..xmlns_hook..":snapshot", function (event)
	local origin, stanza = event.origin, event.stanza;
	local domain, query = stanza.attr.from, stanza.tags[1];
	if not is_instance(domain) then
		origin.send(st.error_reply(stanza, "auth", "forbidden"));
		return true;
	end
	local max = tonumber(query.attr.max or 1000);
	if not max or max < 1 then
		origin.send(st.error_reply(stanza, "modify", "bad-request", "max: expected a number, at least 1"));
		return true;
	end
	local after = query.attr.after;
	tell(domain, "<iq type='result'"..attribute("id", stanza.attr.id).." from='"..service.."' to='"..domain.."'>"
		..snapshot_page(max, after).."</iq>");
	if not after then -- it has just (re)started: what went to an earlier stream got lost with it
		unreachable[domain] = nil;
		for room in pairs(descriptions) do descriptions[room] = nil; end -- and what it said of rooms may be so no more
		local stream = stream_of(domain);
		ask_again(function (entry)
			return is_waiting(entry) or (entry.domain == domain and (not stream or entry.stream ~= stream));
		end);
	end
	return true;
end);

-- Retracting (XEP-0425) ----------------------------------------------------------------------------------------------

-- Who sent what lately: four lists that are written round and round, so that remembering a message makes no garbage.
local sent;
local function forget_sent() sent = { at = {}, room = {}, jid = {}, id = {}, next = 1 }; end
forget_sent();

-- The id that mod_muc_mam gave it, behind all that was sent; it takes those off that claim to be the room's. A message
-- that is not archived has none and is known to nobody else: by nickname and its own id it is found in the history.
local function remembered_id(room, stanza)
	local tags = stanza.tags;
	for i = #tags, 1, -1 do
		local attr = tags[i].attr;
		if tags[i].name == "stanza-id" and attr.xmlns == xmlns_stanza_id and attr.by == room.jid then return attr.id; end
	end
	return stanza.attr.from.."\0"..(stanza.attr.id or "");
end

local function is_known_to_clients(id)
	return not id:find("\0", 1, true);
end

module:hook("muc-broadcast-message", function (event)
	local room, stanza = event.room, event.stanza;
	local occupant = room._occupants[stanza.attr.from];
	if not occupant or not settings or settings.remembered == 0 then return; end
	local i = sent.next;
	sent.at[i], sent.room[i], sent.jid[i] = time_now(), room.jid, occupant.bare_jid;
	sent.id[i] = remembered_id(room, stanza);
	sent.next = i < settings.remembered and i + 1 or 1;
end, -PRIORITY); -- behind the archive

local loaded_at = time_now();

-- Ids that a bare JID sent, in one room or (nil) in all, the newest first, and since when any are remembered.
local function recall_sent(room_jid, bare_jid, since)
	local found, size = {}, #sent.at;
	for back = 1, size do
		local i = (sent.next - 1 - back) % size + 1;
		if sent.at[i] < since or #found == MOST_RETRACTED then break; end
		if sent.jid[i] == bare_jid and (not room_jid or sent.room[i] == room_jid) then
			found[#found + 1] = { room = sent.room[i], id = sent.id[i], jid = bare_jid };
		end
	end
	return found, sent.at[sent.at[sent.next] and sent.next or 1] or loaded_at;
end

local kept_in_tombstones = {
	["urn:xmpp:occupant-id:0"] = true; [xmlns_user] = true; ["urn:xmpp:delay"] = true; [xmlns_stanza_id] = true;
};

-- What stays of a message in archive and history: who wrote it and when, and that it was taken back, in the words of
-- both versions of the XEP.
local function tombstone(message, room, reason)
	local stamp = datetime();
	local stone = st.clone(message, true);
	for _, tag in ipairs(message.tags) do
		if kept_in_tombstones[tag.attr.xmlns] then
			local kept = st.clone(tag, true); -- any of them may have been sent with words in it
			for item in tag:childtags("item") do kept:add_direct_child(st.clone(item, true)); end
			stone:add_direct_child(kept);
		end
	end
	return stone
		:tag("retracted", { xmlns = "urn:xmpp:message-retract:1", stamp = stamp })
			:tag("moderated", { xmlns = "urn:xmpp:message-moderate:1", by = room.jid }):up()
			:text_tag("reason", reason):up()
		:tag("moderated", { xmlns = "urn:xmpp:message-moderate:0", by = room.jid, stamp = stamp })
			:tag("retracted", { xmlns = "urn:xmpp:message-retract:0", stamp = stamp }):up()
			:text_tag("reason", reason):up();
end

local function announcement(room, id, reason)
	return st.message({ from = room.jid, type = "groupchat", id = new_id() })
		:tag("retract", { xmlns = "urn:xmpp:message-retract:1", id = id })
			:tag("moderated", { xmlns = "urn:xmpp:message-moderate:1", by = room.jid }):up()
			:text_tag("reason", reason):up()
		:tag("apply-to", { xmlns = "urn:xmpp:fasten:0", id = id })
			:tag("moderated", { xmlns = "urn:xmpp:message-moderate:0", by = room.jid })
				:tag("retract", { xmlns = "urn:xmpp:message-retract:0" }):up()
				:text_tag("reason", reason):up():up()
		:tag("store", { xmlns = "urn:xmpp:hints" }):up();
end

local function is_retractable(message)
	return message.name == "message" and message.attr.type == "groupchat" and jid_resource(message.attr.from)
		and not message:get_child("retracted", "urn:xmpp:message-retract:1");
end

local function retract_from_history(room, id, reason)
	for _, item in ipairs(room._history or {}) do
		local message = item.stanza;
		if remembered_id(room, message) == id and is_retractable(message) then
			item.stanza, item.chars = tombstone(message, room, reason), nil;
			return true;
		end
	end
end

local function retract_from_archive(room, id, reason)
	local archive = is_known_to_clients(id) and module:open_store("muc_log", "archive");
	if not archive or not archive.get then return false; end
	local node = jid_node(room.jid);
	local message, when, with = archive:get(node, id);
	if not message then return false; end
	message = st.is_stanza(message) and message or st.deserialize(message);
	if not is_retractable(message) then return false; end
	local ok, err;
	if archive.set then ok, err = archive:set(node, id, tombstone(message, room, reason), when, with); end
	if not ok then
		module:log("warn", "A message taken back stays in the archive of %s: %s", room.jid,
			err or "its store cannot replace one");
	end
	return true;
end

-- Whether there was something to take back, in a room that is there.
local function retract(item, reason)
	local room = live_room(item.room);
	if not room then return false; end
	local was_archived = retract_from_archive(room, item.id, reason);
	local was_in_history = retract_from_history(room, item.id, reason);
	if not was_archived and not was_in_history then return false; end
	item.announced = is_known_to_clients(item.id);
	if item.announced then room:broadcast_message(announcement(room, item.id, reason)); end
	return true;
end

local function answer_retraction(domain, id, done, since)
	local parts, announced = {}, true;
	for _, item in ipairs(done) do
		announced = announced and item.announced;
		parts[#parts + 1] = "<message"..attribute("room", item.room)..attribute("jid", item.jid).."/>";
	end
	tell(domain, "<iq type='result'"..attribute("id", id).." from='"..service.."' to='"..domain.."'>"
		.."<retracted xmlns='"..xmlns_hook.."' announced='"..tostring(announced).."'"
		..attribute("since", since and datetime(math.floor(since)))..">"..table.concat(parts).."</retracted></iq>");
end

module:hook("iq-set/host/"..xmlns_hook..":retract", function (event)
	local origin, stanza = event.origin, event.stanza;
	local domain, id, query = stanza.attr.from, stanza.attr.id, stanza.tags[1];
	if not is_instance(domain) then
		origin.send(st.error_reply(stanza, "auth", "forbidden"));
		return true;
	end
	local room_jid, bare_jid, within = query.attr.room, query.attr.jid, tonumber(query.attr.within);
	local items, since;
	if query.attr.id and room_jid then
		items = { { room = room_jid, id = query.attr.id } };
	elseif bare_jid and within and within > 0 then
		items, since = recall_sent(room_jid, bare_jid, time_now() - within);
		since = #sent.at >= settings.remembered and since or loaded_at;
	else
		origin.send(st.error_reply(stanza, "modify", "bad-request", "expected room and id, or jid and within"));
		return true;
	end
	local reason, done, position = query:get_child_text("reason") or "", {}, 1;
	module:add_timer(0, function ()
		local stop_at = time_now() + RETRACTING_S;
		while items[position] and time_now() < stop_at do
			local ok, result = xpcall(retract, debug.traceback, items[position], reason);
			if not ok then
				module:log("error", "Fault while taking a message back: %s", result);
			elseif result then
				done[#done + 1] = items[position];
			end
			position = position + 1;
		end
		if items[position] then return 0.01; end
		answer_retraction(domain, id, done, since);
	end);
	return true;
end);

-- Coming and going ---------------------------------------------------------------------------------------------------

local attached = {};

-- Nagle's algorithm would keep the second question back until the first is acknowledged: 40 ms for nothing.
local function send_without_delay(domain)
	local stream = stream_of(domain);
	if stream and stream.conn then stream.conn:setoption("tcp-nodelay", true); end
end

local function attach(domain)
	send_without_delay(domain);
	if not hosts[domain] or attached[domain] == hosts[domain] then return; end
	attached[domain] = hosts[domain];
	module:hook_object_event(hosts[domain].events, "component-authenticated", function ()
		send_without_delay(domain);
		if is_instance(domain) then ask_again(is_waiting); end
	end);
	module:hook_object_event(hosts[domain].events, "component-disconnected", function (event)
		cut_off[event.session] = true; -- mod_component forgets it only after this event
		if is_instance(domain) then
			ask_again(function (entry) return entry.stream == event.session; end);
		end
	end);
end

local function attach_all()
	for _, domain in ipairs(settings and settings.components or {}) do attach(domain); end
end

local function sweep(now)
	local is_away = true;
	for _, domain in ipairs(settings.components) do
		if is_reachable(domain) then is_away = false; end
	end
	away_since = is_away and (away_since or now) or nil;
	fail(undecided(function (entry)
		return entry.asked_at and now - entry.asked_at > settings.timeout
			or entry.waiting_since and now - entry.waiting_since > settings.grace
			or now - entry.held_at > settings.timeout + settings.grace;
	end));
	for id, entry in pairs(late) do
		if now - entry.held_at > 10 * (settings.timeout + settings.grace) then late[id] = nil; end
	end
end

local function sweep_interval()
	return settings and math.max(0.05, math.min(1, settings.timeout / 5, settings.grace / 5)) or 1;
end

module:add_timer(sweep_interval(), function ()
	if settings then
		local ok, err = xpcall(sweep, debug.traceback, time_now());
		if not ok then module:log("error", "Fault while looking for stanzas held too long: %s", err); end
	end
	return sweep_interval();
end);

module:hook_global("host-activated", function (domain)
	if is_instance(domain) then attach(domain); end
end);
module:hook_global("config-reloaded", function ()
	if load_settings() then attach_all(); end
	if settings and #sent.at > settings.remembered then forget_sent(); end
end);

local function fail_everything()
	fail(undecided(function () return true; end));
end
module:hook_global("server-stopping", fail_everything, PRIORITY);

function module.unload()
	fail_everything();
	settings = nil; -- should another module have wrapped it since, ours does nothing any more
	if room_mt.get_affiliation == get_affiliation then room_mt.get_affiliation = plain_get_affiliation; end
end

module:add_feature(xmlns_hook);
for room in muc.live_rooms() do remember_roles(room); end
load_settings();
attach_all();
