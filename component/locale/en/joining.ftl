# Coming into rooms that are not open to everybody.

command-join = Ask to join a room
command-join-about = answer a room's question, or ask its managers to let you in
command-join-mode = How my room is joined
command-join-mode-about = choose who may come into a room you manage (owners and admins)
command-applicants = Applicants
command-applicants-about = let in or refuse those who want to join a room you manage (owners and admins)
words-join = join
words-join-mode = join-mode joinmode
words-applicants = applicants

# What a join that is refused says

how-to-ask-in = write “join { $room }” to { $service } in a chat, or run the command “join” there
deny-join-question = Whoever wants to join this room answers a question first: “{ $question }” To answer, please { how-to-ask-in }, or register with the room in your client.
deny-join-wrong = This is not an answer that the room accepts. Please try another one.
deny-join-spent = You have tried too many answers. Please wait an hour or so and try again, or ask one of the room's owners to invite you.
deny-join-approval = The managers of this room decide who joins it. To ask them, please { how-to-ask-in }.
deny-join-invite = Only those whom its managers invite can join this room. Please ask one of them for an invitation.
deny-application-filed = The managers of this room decide who joins it. They have been asked to let you in; please wait until you are told, and join again then. To say who you are, register with the room or use the command “join” next time.
deny-application-waiting = Your application to join this room is waiting for its managers. Please wait until you are told; there is nothing else to do.
deny-application-paused = The managers of this room have refused your application not long ago. Please do not ask again before { $until }.
deny-application-too-many = You may have { $limit } applications waiting at a time. Please wait until some of them are decided.
deny-application-crowded = Too many others are waiting to join this room. Please try again in a few days.
deny-config = This was not saved, since it is not allowed for this room: { config-field }. Please change it and save again.

# What owners are told of their room's form

config-yes-no = { $value ->
    [1] yes
   *[other] no
}
config-field = { $field ->
    [maxusers] most occupants: { $value }
    [publicroom] listed publicly: { config-yes-no }
    [membersonly] for members only: { config-yes-no }
    [moderatedroom] moderated: { config-yes-no }
    [persistentroom] kept when empty: { config-yes-no }
    [whois] who sees real addresses: { $value }
   *[other] password: none
}
notice-config-corrected = The settings of { $room } have been saved, but some of them are not for its owners to choose. They are now:
    { $fields }

# The form of registration, and the command `join`

field-nick = Your nickname in the room
field-why = Who you are, and why you want to join (optional)
join-register-question = Whoever wants to join this room answers a question first.
join-register-approval = The managers of this room decide who joins it. They will read what you write here.
join-instructions = Which room do you want to join?
join-question = Whoever wants to join { $room } answers a question first.
join-approval = The managers of { $room } decide who joins it. They will read what you write here.
join-free = You can join { $room } now: open it in your client.
join-admitted = That is right. You can join { $room } now; the door stays open for you until { $until }.
join-filed = The managers of { $room } have been asked. You will be told how they decide; there is nothing else to do.
join-waiting = You applied to join { $room } on { $since }. Its managers have not decided yet; you will be told when they do.

# The command `join-mode`

field-join-mode = Who may come in
join-mode-option = { $mode ->
    [open] everybody
    [question] whoever answers a question rightly
    [approval] whoever its managers approve
   *[invite] whoever its managers invite
}
join-mode-now = Strangers come into { $room } like this now: { join-mode-option }.{ $question ->
    [none] {""}
   *[other] {" "}The question: “{ $question }”
}{ $until ->
    [none] {""}
   *[other] {" "}Until { $until } nobody comes in without approval, whatever you choose.
} Members come in freely in any case.
join-mode-question = Please write a question that those who belong here can answer, and the answers that are right, with “;” between them ({ $most } at most). Case, spaces and punctuation do not matter. Nobody can read the answers afterwards, not even you.
field-question = The question
field-answers = Right answers, with “;” between them
join-mode-answers = Please give at least one answer and at most { $most }, with “;” between them.
join-mode-refused = This question breaks the rules. Please change it.
join-mode-not-allowed = Rooms of this category may not be joined like that. Nothing has been done.
join-mode-done = Done. Who may come into { $room } from now on: { join-mode-option }.

# The command `applicants`

applicants-none = Nobody is waiting to join { $room }.
applicants-instructions = They want to join { $room }. They are told what you decide, and who is refused also your reason.
applicant-line = { $number }: { $account }, since { $since }{ $words ->
    [none] {""}
   *[other] {" "}— “{ $words }”
}
field-applicants = Numbers of those whom you decide on, or “all”
field-applicants-reason = Reason (for a refusal), which they will read
applicants-deed = { $deed ->
    [approve] let them in
   *[refuse] refuse them
}
applicants-which = Please give numbers from the list, with spaces between them, or “all”.
applicants-why = Please give a reason: whoever is refused reads it.
applicants-done = { $deed ->
    [approve] Done. { $count } can join now and will be told.
   *[refuse] Done. { $count } have been refused and will be told.
}
fact-missed = Nothing done about these, somebody else has decided or their time was over

# What people are told of their own accord

notice-applicants = { $count ->
    [one] Somebody wants to join { $room }, which you manage.
   *[other] { $count } people want to join { $room }, which you manage.
} To see who, write “applicants” to { $service }.
notice-application-approved = Your application to join { $room } has been approved. Please join it before { $until }.
notice-application-refused = Your application to join { $room } has been refused. Reason: { $reason }.
notice-application-granted = You are a member of { $room } now and can join it whenever you like.
notice-application-expired = Your application to join { $room } has ended: nobody decided on it in time, or the room was closed. You may apply again if the room is still there.
