# What managers do in their own room.

command-room-mute = Mute somebody in your room
command-room-mute-about = mute somebody in a room you manage, for a while
command-room-unmute = Lift a mute in your room
command-room-unmute-about = lift a mute that managers or the room's own rules imposed
command-room-remove = Remove a member from your room
command-room-remove-about = end somebody's membership in a room you manage
words-room-mute = room-mute
words-room-unmute = room-unmute
words-room-remove = room-remove

field-member = Who: their nickname in the room, or a member's address
field-room-mute-length = For how long, such as 10m or 12h

room-mute-instructions = Whoever is muted in { $room } may read but not write there. For { $longest } at most; moderators of the platform can lift it.
room-mute-too-long = A mute by managers lasts { $longest } at most. For more, ask the moderators.
room-mute-done = { $who } is muted until { $until } (number { $number }), and has been told.
room-unmute-instructions = Which mute shall end? Mutes by moderators and by the platform's rules are not yours to lift.
room-remove-instructions = Whose membership of { $room } shall end? Their place is free at once. In an open room they may come back; to keep somebody out, ban them as your client lets you.
room-remove-summary = The membership of { $who } in { $room } ends.
room-remove-done = { $who } is no longer a member of { $room }, and has been told.
no-such-member = Nobody called “{ $who }” is in { $room } or a member of it.
member-manages = Owners and admins of the room are not yours to sanction like this: an owner may take the role from them first.
member-is-staff = They have a role on this platform, so only its admins may sanction them.
