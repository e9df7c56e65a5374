# Who manages a room from now on.

command-appoint = Appoint an admin
command-appoint-about = make somebody an admin of a room you own, or take that back (owners)
command-transfer = Hand a room over
command-transfer-about = offer a room you own to somebody else (owners)
command-take-over = Take a room over
command-take-over-about = take over a room that its owner offers you
words-appoint = appoint
words-transfer = transfer
words-take-over = take-over takeover

field-role = What they are to be
field-offer = Which room

appoint-instructions = Whom do you want to make an admin of { $room }, or a plain member again? Admins must be verified where this platform asks for that, and no sanction may hold against them there.
appoint-role = { $role ->
    [admin] an admin
   *[member] a member, not an admin any more
}
appoint-self = Please name somebody else.
appoint-already = { $account } is { $role ->
    [owner] an owner
    [admin] an admin
   *[member] a member
} already. Nothing has been done.
appoint-later = The room could not be asked just now. Please try again in a minute.
appoint-done = Done: { $account } is { $role ->
    [admin] an admin
   *[member] a member
} of { $room } now, and is told.
room-not-owned = Only an owner of the room can do that.

transfer-instructions = To whom do you want to hand { $room } over? They have to accept it, must be verified where this platform asks for that, and need a place left among the rooms they may have. You become an admin.
transfer-summary = { $room } is offered to { $account }. When they accept it, they are its owner and you are an admin.
transfer-done = { $account } has been asked whether they take { $room } over. You are told what they say.

take-over-instructions = These rooms are offered to you. Whoever owns a room answers for it, and it counts among the rooms you may have.
take-over-line = { $room }, by { $account }, until { $until }
take-over-deed = { $deed ->
    [take] I take it over
   *[refuse] I do not want it
}
take-over-none = No room is offered to you.
take-over-over = This offer is over. Nothing has been done.
take-over-done = { $room } is yours in a moment; you are told when it is.
take-over-refused = Done: you do not take { $room } over, and its owner is told.

notice-room-offered = { $account } wants to hand { $room } over to you. To take it over or not, write “take-over” to { $service } before { $until }. If you do nothing, it stays theirs.
notice-room-yours = { $room } is yours now: you are its owner and answer for it. Its commands are offered by your client, and “help”, written to { $service }, names them.
notice-handover = { $outcome ->
    [done] { $room } belongs to { $account } now; you are an admin of it.
    [refused] { $account } does not take { $room } over; it stays yours.
    [lapsed] { $account } did not say in time whether they take { $room } over; it stays yours.
   *[failed] { $room } could not be handed over to { $account }: the room refused it. It stays yours.
}
notice-appointed = { $role ->
    [admin] You are an admin of { $room } now, and answer for it with its owners.
   *[member] You are no longer an admin of { $room }; you are still a member.
}
