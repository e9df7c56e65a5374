-- For tests only: loads and unloads modules, sets options, and counts what is held, on request.
-- Loaded on the MUC service, reached by an IQ from the component.

local st = require "util.stanza";
local config = require "core.configmanager";
local modulemanager = require "core.modulemanager";

local xmlns = "urn:roomkeeper:test:control";

local deeds = {};

function deeds.unload() modulemanager.unload(module.host, "roomkeeper"); end
function deeds.load() modulemanager.load(module.host, "roomkeeper"); end
function deeds.reload() modulemanager.reload(module.host, "roomkeeper"); end

function deeds.set(attr)
	config.set(module.host, attr.option, load("return "..attr.value)());
	prosody.events.fire_event("config-reloaded");
end

function deeds.hooked(_, reply)
	local count = 0;
	for _, source in ipairs { prosody.hosts[module.host].events, prosody.events } do
		for _, handlers in pairs(source._event_map) do
			for handler in pairs(handlers) do
				if debug.getinfo(handler, "S").source:find("mod_roomkeeper", 1, true) then count = count + 1; end
			end
		end
	end
	reply:text_tag("count", tostring(count));
end

function deeds.evict(attr)
	local muc = modulemanager.get_module(module.host, "muc");
	local room = muc.get_room_from_jid(attr.room);
	room:save(nil, true);
	muc.forget_room(room);
end

module:hook("iq-set/host/"..xmlns..":control", function (event)
	local reply = st.reply(event.stanza):tag("control", { xmlns = xmlns });
	deeds[event.stanza.tags[1].attr.deed](event.stanza.tags[1].attr, reply);
	event.origin.send(reply);
	return true;
end, 2000);
