-- luacheck for the hook: Prosody loads a module as Lua 5.2 to 5.4 with these globals in its environment.
std = "lua54"
max_line_length = 120
globals = { "module" }
read_globals = { "prosody" }
exclude_files = { "prosody.cfg.lua" } -- settings, not code
