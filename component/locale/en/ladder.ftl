# The ladder for groups.

command-group = Measures against a room
command-group-about = warn, suspend, close or blacklist a room, release it, or take that back (moderators)
words-group = group ladder
command-rectified = Set right
command-rectified-about = say that what was held against your room is set right (owners and admins)
words-rectified = rectified

deny-closed-for = This room has been closed for good. Reason: { $reason }. Please choose another one, or create a new one at another address.
deny-reserved = This room is being opened again. Please wait until whoever founded it has come in.

reason-group-strikes = too much in the room broke the rules
reason-group-overruled = strikes that it rested on were overruled
reason-group-deadline = what had to be set right was not set right in time

group-set-right = { $checklist ->
    [none] { group-deadline }
   *[other] Please set right: { $checklist }. { group-deadline }
}
group-deadline = { $until ->
    [none] When it is set right, tell us by writing “rectified” to { $service }.
   *[other] When it is set right, tell us by writing “rectified” to { $service }, until { $until }; else graver steps follow.
}
notice-group-warned = Your room { $room } (code { $code }) has been warned. Reason: { $reason }. { group-set-right } { how-to-appeal }
notice-group-suspended = Writing in your room { $room } (code { $code }) has been suspended; reading still works. Reason: { $reason }. { group-set-right } { how-to-appeal }
notice-group-closed = Your room { $room } (code { $code }) has been closed; its address cannot be used again. Reason: { $reason }. { how-to-appeal }
notice-group-blacklisted = Your room { $room } (code { $code }) has been closed and put on the blacklist. Reason: { $reason }. { how-to-appeal }
notice-group-closed-member = The room { $room } has been closed. Reason: { $reason }. Your place in it is free again.
notice-group-released = What was held against your room { $room } is over: it has been set right. { $why }.
notice-group-undone = What was held against your room { $room } has been taken back (it was to { measure-verb }). Reason: { $why }. Sorry for the trouble.
measure-verb = { $kind ->
    [warn] warn it
    [suspend] suspend writing
    [close] close it
   *[blacklist] blacklist it
}
notice-group-reopened = Your room { $room } may be opened again. Reason: { $why }. Whoever founded it has to join it first; its members have their places again.
notice-group-claim-refused = Your room { $room } is not set right yet. Reason: { $why }. { group-set-right }
notice-group-claim = { $account } says that { $room } (code { $code }) is set right: “{ $words }”. Please look, and answer by the command “group”.
notice-group-missed = { $room } (code { $code }) has missed its deadline, until { $until }. The command “group” shows what holds now.

measure-line = No. { $number }, { $at }: { measure-name }, { measure-by }: { $reason } { $end ->
    [none] { $until ->
        [none] (in force)
       *[other] (in force, to be set right until { $until })
    }
    [released] (set right)
    [undone] (taken back)
    [missed] (deadline missed)
   *[replaced] (followed by another)
}
measure-name = { $kind ->
    [warn] warning
    [suspend] writing suspended
    [close] closed
   *[blacklist] closed and blacklisted
}
measure-by = { $rule ->
    [moderator] by a moderator
    [deadline] after a missed deadline
   *[strikes] for what happened in it
}

group-instructions = Which room is it about?
group-never-was = There never was a room at this address. Use the command “blacklist” to bar it.
group-closed-otherwise = This room has been closed, and not by a measure: there is nothing to do here.
group-own = You manage this room yourself. Please ask another moderator.
group-meanwhile = Nothing has been done: somebody else, or the clock, was quicker. Please start again to see what holds now.
group-status = { $room } · code { $code } · { $status ->
    [open] open
    [suspended] writing suspended
   *[closed] closed
}
group-claimed-line = { $account } said on { $at } that it is set right: “{ $words }”
group-choose = What is held against it, newest first. What is to be done?
group-deed = { $deed ->
    [warn] warn it
    [suspend] suspend writing
    [close] close it: it is destroyed, its address cannot be used again
    [blacklist] close it and blacklist its address
    [release] it is set right: end what is held against it
    [refuse] it is not set right: let the clock go on
   *[undo] take it back: what was there before is there again
}
group-details = { $room }: please say why. Its managers will read it.
field-deadline = To be set right within, such as 3d (empty: no deadline)
field-checklist = What its managers have to set right
group-people = blacklist whoever made it and its managers, too
group-summary = { $deed ->
    [warn] { $room } is warned.
    [suspend] Nobody can write in { $room }; reading still works.
    [close] { $room } is destroyed and its address cannot be used again. Members are told.
    [blacklist] { $room } is destroyed and its address blacklisted. Members are told.
    [release] Nothing is held against { $room } any more.
    [refuse] { $room } is not set right; its clock goes on.
   *[undo] What stands against { $room } is taken back, and what was there before is there again.
} { $until ->
    [none] {""}
   *[other] To be set right until { $until }.
} Reason: { $reason }.
group-done = { $deed ->
    [warn] Done: { $room } is warned.
    [suspend] Done: writing in { $room } is suspended.
    [close] Done: { $room } is closed.
    [blacklist] Done: { $room } is closed and blacklisted.
    [release] Done: { $room } is released.
    [refuse] Done: its managers have been told.
   *[undo] Done: it has been taken back.
} Its managers have been told.

rectified-none = Nothing that could be set right is held against a room you manage, or you have said so already.
rectified-over = This is over, or its deadline has passed. Nothing has been done.
rectified-instructions = Which room has been set right?
rectified-words = { $room }: what have you done about it?
field-rectified = What was done
rectified-done = Thank you. A moderator looks at { $room } now; the clock stands still until then.
fact-measures = Measures against it

deny-managing = { $until ->
    [none] You may not manage this room until a moderator allows it again. Reason: { $reason }. { how-to-object }
   *[other] You may not manage this room until { $until }. Reason: { $reason }. { how-to-object }
}
deny-creating = { $until ->
    [none] You may not create rooms until a moderator allows it again. Reason: { $reason }. You can still join rooms. { how-to-object }
   *[other] You may not create rooms until { $until }. Reason: { $reason }. You can still join rooms. { how-to-object }
}
notice-managing-withdrawn = { $until ->
    [none] You may no longer manage rooms ({ in-room }) until a moderator allows it again. Reason: { $reason }. { objection }
   *[other] You may no longer manage rooms ({ in-room }) until { $until }. Reason: { $reason }. { objection }
}
notice-creating-withdrawn = { $until ->
    [none] You may no longer create rooms until a moderator allows it again. Reason: { $reason }. { objection }
   *[other] You may no longer create rooms until { $until }. Reason: { $reason }. { objection }
}
reason-managers = { $room }, which you answer for, was { $kind ->
    [suspend] suspended
    [close] closed
   *[blacklist] closed and blacklisted
}
fact-manager-strikes = Strikes as a manager
manager-strike-line = { $at }: { $room }, { $kind ->
    [report] report no. { $number } left standing
   *[measure] measure no. { $number }
}, counts until { $until }{ $overruled ->
    [none] {""}
   *[other] {" "}(overruled)
}

standing-good = Nothing is held against { $room }.
standing-held = Something is held against { $room }. { $claimed ->
    [none] { group-deadline }
   *[other] You have said that it is set right; the clock stands still until a moderator has looked.
} { how-to-appeal }
fact-waiting-reports = Reports to handle (“reports”)
fact-waiting-applicants = People who want to join (“applicants”)
