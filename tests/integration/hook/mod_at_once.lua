-- For tests only: a Roomkeeper inside the server that allows everything, and answers before the question is done.

local st = require "util.stanza";

local xmlns = "urn:roomkeeper:hook:1";

local function allow(event)
	local check = event.stanza:get_child("check", xmlns);
	if check then
		module:send(st.reply(event.stanza):tag("verdict", { xmlns = xmlns, action = "allow" }));
		return true;
	end
end

module:hook("iq/bare", allow, 10);
module:hook("iq/host", allow, 10);
