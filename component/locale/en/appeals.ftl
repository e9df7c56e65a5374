# Appeals against sanctions, measures and the blacklist.

command-appeal = Appeal
command-appeal-about = say that a sanction on you, a measure against your room, or the blacklist is wrong
command-appeals = Appeals
command-appeals-about = decide on appeals against sanctions, measures and the blacklist (moderators)
words-appeal = appeal
words-appeals = appeals

field-appeal-against = What is wrong
field-appeal-words = Why it is wrong
field-appeal = Which one
field-ruling = What is decided

appeal-instructions = Choose what you appeal against. Each can be appealed against once.
appeal-why = Please say why it is wrong: moderators read it. What you appeal against holds until it is decided.
appeal-none = There is nothing you could appeal against now: one can within { $window } of something, and once.
appeal-line = Appeal no. { $number }, { $at }, against { $kind ->
    [sanction] sanction no. { $against }
    [blacklisting] blacklisting no. { $against }
   *[measure] measure no. { $against }
}
appeal-over = That cannot be appealed against any more.
appeal-done = Your appeal has the number { $number }. Somebody decides who did not impose it, as long as there is anybody else; until then it holds. If your appeal is upheld, all that it did is undone; either way you are told, with the reason.

appeals-instructions = { $count ->
    [one] One appeal waits.
   *[other] { $count } appeals wait.
} Choose one to see what it is about.
appeals-none = No appeal is waiting.
appeals-over = This appeal is decided already. Nothing has been done.
appeals-own = This is not yours to decide: you made it, you imposed what it is against, or you manage the room. Please leave it to another moderator.
appeals-graver = A moderator imposed a graver measure since. Please take that back first by the command “group”.
appeals-decide = What is decided, and why? They read your reason.
appeals-last-resort = What is decided, and why? You imposed what this is against, or manage the room, but nobody else here could decide. They read your reason, and are told that it was you; so is the record. Better is a second moderator: please ask whoever runs the service.
appeals-imposed = Imposed by { $by } on { $at }
appeals-evidence = What it rests on: { $text }
appeals-words = They say: “{ $text }”
appeals-ruling = { $ruling ->
    [rejected] it was right: reject the appeal
    [last] it was wrong: undo it
   *[all] it was wrong, and so was all that it was counted from: undo all of it
}
appeals-done = { $state ->
    [upheld] Done: appeal no. { $number } is upheld. What it was against is undone, and they are told.
   *[rejected] Done: appeal no. { $number } is rejected, and they are told.
}

notice-appeals = { $count ->
    [one] An appeal waits for a moderator.
   *[other] { $count } appeals wait for a moderator.
} Write “appeals” to { $service }, or run the command “appeals”, to decide.
notice-appeal-upheld = Your appeal (number { $number }) has been upheld: it was wrong, and what it did is undone. Reason: { $reason }. We are sorry for the trouble.
notice-appeal-rejected = Your appeal (number { $number }) has been rejected: it stands. Reason: { $reason }. This decision is final; “status”, written to { $service }, shows what holds and until when.
notice-appeal-by-imposer = Your appeal (number { $number }) was decided by whoever imposed what it was against, or manages the room: there was nobody else. That is on record.
blacklisting-line = no. { $number }, { $kind ->
    [account] the account { $name } on the blacklist
    [person] the person { $name } on the blacklist
   *[room] the room { $name } on the blacklist
}, { $at }: { $reason }
notice-restored = { $count ->
    [one] You are a member again of the room that you were in before you were put on the blacklist.
   *[other] You are a member again of the { $count } rooms that you were in before you were put on the blacklist.
} Where you were an owner, an admin or on the list of members, you are again, unless you are there by something else now. Rooms that are gone since cannot be given back, nor can what was written meanwhile.
how-to-appeal = If you think this is wrong, write “appeal” to { $service }: somebody else decides on it.
