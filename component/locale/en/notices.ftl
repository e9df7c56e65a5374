# What people are told of their own accord: sanctions, and their ends.

in-room = { $room ->
    [none] in all rooms
   *[other] in { $room }
}
from-room = { $room ->
    [none] from all rooms
   *[other] from { $room }
}
rule-name = { $rule ->
    [manager] a decision of the room's managers
    [moderator] a moderator's decision
   *[other] { $rule }
}
objection = If you think this is wrong, write “appeal” to { $service }: somebody else decides on it. This is sanction number { $number }.

notice-warned = This is a warning { in-room }; nothing else follows from it for now. Rule: { rule-name }. Reason: { $reason }. Please keep to the rules. { objection }
notice-muted = { $until ->
    [none] You have been muted { in-room }: you can read but not write until a moderator lifts it. Rule: { rule-name }. Reason: { $reason }. { objection }
   *[other] You have been muted { in-room }: you can read but not write until { $until }. Rule: { rule-name }. Reason: { $reason }. { objection }
}
notice-own-muted = { $until ->
    [none] You have been muted { in-room } by a rule of the room's own, “{ $rule }”: you can read but not write until it is lifted. { objection-own }
   *[other] You have been muted { in-room } by a rule of the room's own, “{ $rule }”: you can read but not write until { $until }. { objection-own }
}
objection-own = If you think this is wrong, ask the room's owners and admins: they set the rule and can lift the mute (number { $number }). Or write “appeal” to { $service }.
notice-own-rule-removed = A moderator has removed the rule “{ $rule }” from { $room }, which you manage. { $reason ->
    [none] {""}
   *[other] Reason: { $reason }.
}
notice-posting-suspended = { $until ->
    [none] Posting has been suspended for you { in-room }: you can read but not write until a moderator lifts it. Rule: { rule-name }. Reason: { $reason }. { objection }
   *[other] Posting has been suspended for you { in-room }: you can read but not write until { $until }. Rule: { rule-name }. Reason: { $reason }. { objection }
}
notice-removed = You have been removed { from-room } and are no longer a member. Rule: { rule-name }. Reason: { $reason }. You may join again like anybody else; please keep to the rules. { objection }
notice-kicked = You have been removed { from-room }. Rule: { rule-name }. Reason: { $reason }. You may come back; please keep to the rules. { objection }
notice-banned = { $until ->
    [none] You have been banned { in-room } until a moderator lifts it. Rule: { rule-name }. Reason: { $reason }. { objection }
   *[other] You have been banned { in-room } until { $until }. Rule: { rule-name }. Reason: { $reason }. { objection }
}
notice-lifted = A sanction on you { in-room } (number { $number }) has been lifted. Reason: { $reason }. You may take part again. Sorry for the trouble if there was any.
notice-overruled = A sanction on you { in-room } (number { $number }) was wrong and has been taken back. { undone } Reason: { $reason }. We are sorry for the trouble.
notice-case-overruled = What was held against you { in-room } by the rule “{ $rule }” was wrong and has been taken back. { undone } Reason: { $reason }. We are sorry for the trouble.
undone = { $strikes ->
    [0] {""}
    [one] One strike no longer counts.
   *[other] { $strikes } strikes no longer count.
}{ $credit ->
    [0] {""}
   *[other] { " " }{ $credit } points of credit are given back.
}
notice-held = { $count ->
    [one] One text waits for a moderator.
   *[other] { $count } texts wait for a moderator.
} Write “held” to { $service }, or run the command “held”, to decide.
notice-hold-approved = A moderator has approved what you wrote { in-room }. You can send the same text there again now, until { $until }. Your text: “{ $text }”
notice-hold-refused = A moderator has refused what you wrote { in-room }; nobody else has seen it. Rule: { rule-name }. Reason: { $reason }. If you think this is wrong, write “status” to { $service } to see whom to ask. Your text: “{ $text }”
notice-hold-lapsed = What you wrote { in-room } was not decided in time, and nobody else has seen it. If it still matters, please send it again. Your text: “{ $text }”
notice-retracted = { $count ->
    [one] One message of yours { in-room } has been taken back.
   *[other] { $count } messages of yours { in-room } have been taken back.
} Reason: { $reason }. { how-to-ask }
notice-blacklisted = You have been put on the blacklist: you can no longer take part in any room here. Reason: { $reason }. { how-to-appeal }
notice-unblacklisted = You are no longer on the blacklist. Reason: { $reason }. You may take part again.
notice-room-blacklisted = The room { $room } has been put on the blacklist: nobody can enter it or write there any more. Reason: { $reason }. Its owners and admins, and whoever made it, can write “appeal” to { $service } if they think this is wrong: somebody else decides on it.
notice-room-unblacklisted = The room { $room } is no longer on the blacklist. Reason: { $reason }. It can be used again.
how-to-ask = If you think this is wrong, write “status” to { $service }: it shows whom to ask.
notice-left = You are no longer a member of this room. You can join again at any time.
reason-own-rule = breaks “{ $rule }”, a rule of the room's own; its owners and admins can lift this
reason-rule = breaks the rule “{ $rule }”

duration-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
duration-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
