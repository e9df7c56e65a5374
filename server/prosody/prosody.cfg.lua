-- To be taken over into /etc/prosody/prosody.cfg.lua. Domains and the secret are yours to change.

-- At the top, before the first VirtualHost:

plugin_paths = { "/etc/prosody/modules" } -- where mod_roomkeeper.lua lies
gc = { mode = "generational" } -- with or without Roomkeeper: half the processor time of a message
network_settings = { nagle = false } -- clients are answered sooner

-- Group chat, with the hook:

Component "conference.example.org" "muc"
	modules_enabled = { "roomkeeper" } -- with "muc_mam" messages that are taken back are hidden on all devices
	roomkeeper_component = "roomkeeper.example.org" -- or { "one.example.org", "two.example.org" }
	-- roomkeeper_timeout = "5s"
	-- roomkeeper_grace = "10s"
	-- roomkeeper_on_failure = "deny" -- or "allow", or { message = "allow", presence = "deny", iq = "deny" }
	-- roomkeeper_max_held = 10000
	-- roomkeeper_remembered = 20000

-- Roomkeeper itself, an external component:

Component "roomkeeper.example.org"
	component_secret = "change me" -- the same as xmpp.secret in roomkeeper.toml
