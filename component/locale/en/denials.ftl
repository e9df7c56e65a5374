# What a bounced stanza says. Every text ends with what to do next.

how-to-verify = To be verified, run the command “verify” at { $service }, or write “verify” to { $service } in a chat. It takes a minute, and nobody in the rooms will see who you are.
how-to-renew = You are still a member of your rooms. To be verified again, run the command “verify” at { $service }, or write “verify” to { $service } in a chat.
how-to-object = To see this again, write “status” to { $service }; to object, “appeal”.
how-to-see-quotas = Write “status” to { $service } to see all your limits.

tier-name = { $tier ->
    [restricted] restricted
    [limited] limited
    [standard] standard
    [trusted] trusted
   *[other] { $tier }
}

deny-unverified = { $deed ->
    [create] Only verified people can create rooms here. { how-to-verify }
    [join] Only verified people can join rooms here. { how-to-verify }
   *[other] Only verified people can take part in rooms here. { how-to-verify }
}
deny-lapsed = { $deed ->
    [create] Your verification has ended, and only verified people can create rooms here. { how-to-renew }
    [join] Your verification has ended, and only verified people can join rooms here. { how-to-renew }
   *[other] Your verification has ended, and only verified people can take part in rooms here. { how-to-renew }
}
deny-blacklisted = Your account is no longer allowed to take part here. { how-to-object }
deny-room-blacklisted = This room can no longer be used. Please choose another one, or create a new one. If you think this is a mistake, its owners and admins can write “appeal” to { $service }; “status” shows whom else to ask.
deny-banned = { $until ->
    [none] You are banned until a moderator lifts it. Reason: { $reason }. { how-to-object }
   *[other] You are banned until { $until }. Reason: { $reason }. You are welcome back after that. { how-to-object }
}
deny-muted = { $until ->
    [none] You can read but not write until a moderator lifts it. Reason: { $reason }. { how-to-object }
   *[other] You can read but not write until { $until }. Reason: { $reason }. { how-to-object }
}
deny-posting-suspended = { $until ->
    [none] Posting is suspended for you until a moderator lifts it; you can still read. Reason: { $reason }. { how-to-object }
   *[other] Posting is suspended for you until { $until }; you can still read. Reason: { $reason }. { how-to-object }
}
deny-held = This waits for a moderator because of the rule “{ $rule }”, and nobody has seen it yet. Please wait and do not send it again: { $service } will write to you as soon as it is decided.
deny-too-fast = You are sending faster than you are allowed to, so this was not delivered. Please wait a few seconds and send it again.
deny-created-full = { $limit ->
    [0] Your tier may not create rooms. You can still join rooms that others made. { how-to-see-quotas }
    [one] You may create one room and already hold { $used }. Close it if you no longer need it, then try again. { how-to-see-quotas }
   *[other] You may create { $limit } rooms and already hold { $used }. Close one that you no longer need, then try again. { how-to-see-quotas }
}
deny-joined-full = { $limit ->
    [0] Your tier may not join rooms at present. { how-to-see-quotas }
    [one] You may be a member of one room and already are of { $used }. Leave it by writing “my-rooms” to { $service }, then try again. { how-to-see-quotas }
   *[other] You may be a member of { $limit } rooms and already are of { $used }. Leave one by writing “my-rooms” to { $service }, then try again. { how-to-see-quotas }
}
deny-members-full = This room is full: it may have { $limit ->
    [one] { $limit } member
   *[other] { $limit } members
}. Please try again when somebody has left, or choose another room.
deny-content = This breaks the rule “{ $rule }”, so nobody has seen it. Please change it and send it again. To read the rules, write “rules” to { $service }.
deny-own-rule = This breaks “{ $rule }”, a rule of this room's own, so nobody has seen it. Please change it and send it again. If you think the rule is wrong, ask the owners and admins of the room, who set it.
deny-links = Your tier ({ tier-name }) may not send links, so this was not delivered. Please send it without the link. { how-to-see-quotas }
deny-files = Your tier ({ tier-name }) may not send files, so this was not delivered. Please describe it in words. { how-to-see-quotas }
deny-invitations = Your tier ({ tier-name }) may not invite others. Please tell them the room's address so that they can join by themselves. { how-to-see-quotas }
deny-encrypted = Encrypted messages are not allowed in rooms here, so this was not delivered. Please turn encryption off for this room and send it again.
deny-rules-unaccepted = Please accept the rules first: run the command “rules” at { $service }, or write “rules” to { $service } in a chat. Then try again.
deny-suspended = Writing in this room is suspended; reading still works. Please wait until it is opened again, or choose another room.
deny-closed = This room has been closed for good. Please choose another one, or create a new one.
deny-too-long = This text is longer than { $limit ->
    [one] { $limit } character
   *[other] { $limit } characters
}, so it was not delivered. Please shorten it, or send it in parts.
deny-too-many = This names more than { $limit ->
    [one] { $limit } person
   *[other] { $limit } people
} at once, so nothing was done. Please do it in parts.
deny-target-unverified = { $account } is not verified and cannot be let in yet. Please ask them to write “verify” to { $service }, then try again.
deny-target-barred = { $account } may not take part here at present, so they cannot be let in. They can write “status” to { $service } to see why.
deny-target-standing = A sanction holds against { $account } here, so they cannot become an owner or admin. They can write “status” to { $service } to see which, and until when.
deny-target-unnamed = Please name whoever you mean by their address, such as name@example.org: a nickname may be somebody else's by the time it is done.
deny-target-joined-full = { $account } is a member of as many rooms as they may join. Please ask them to leave one by writing “my-rooms” to { $service }, then try again.
deny-target-created-full = { $account } owns as many rooms as they may, so this one was not handed to them. Please ask them to close or leave one, or choose somebody else.
deny-target-members-full = This room is full: it may have { $limit ->
    [one] { $limit } member
   *[other] { $limit } members
}, so nobody was added. To have room for more, please apply for a larger class: write “apply” to { $service }. Or end memberships that are no longer used.
deny-adopting = The rooms that are here already are still being counted. Please try again in a minute or two.
deny-room-signs = The name or description of the room has characters in it that nobody sees, or that turn others around. Please write it without them.
deny-lookalike = This address looks like that of another room. Please choose one that nobody can take for it.
deny-fault = Something went wrong on our side, so nothing was done. Please try again in a minute. If it keeps happening, tell the people who run { $service }.
