# Commands: their names, forms, results and refusals.

commands-title = Commands

command-verify = Get verified
command-verify-about = show who you are, once, so that you can take part
command-status = My status
command-status-about = see your tier, your limits, any sanctions, and whom to ask
command-rules = The rules
command-rules-about = read the rules and accept them
command-my-rooms = My rooms
command-my-rooms-about = see the rooms you are a member of, and leave one
command-person = Look up a person
command-person-about = see somebody's standing and history (moderators)
command-room = Look up a room
command-room-about = see a room's members, occupants and cases (moderators)
command-sanction = Sanction somebody
command-sanction-about = mute, remove or ban somebody (moderators)
command-lift = Lift a sanction
command-lift-about = end a sanction early (moderators)
command-blacklist = Blacklist
command-blacklist-about = bar an account, a person or a room from everything, or take it off the blacklist (moderators)
command-adjust-credit = Adjust credit
command-adjust-credit-about = raise or lower somebody's credit score (moderators)
command-rule-stats = What rules did
command-rule-stats-about = see how often each rule was met, and how often it was wrong (moderators)
command-audit = Read the audit
command-audit-about = see who did what, and check that nothing was changed (auditors)
command-reload = Reload the settings
command-reload-about = read the config file anew, and see what changed (admins)

# What several commands say

nothing = nothing
and-more = and { $count } more
confirm = Yes, do this
confirm-instructions = Please check what is going to happen, and confirm it.
not-confirmed = Nothing has been done. Tick the box to go on, or cancel.
yes-is = yes
no-is = no

kind-mute = mute
kind-kick = removal
kind-ban = ban

field-target = Account (name@example.org) or person's number
field-room = Room's address or code
field-room-or-all = Room's address or code (empty: all rooms)
field-kind = Kind of sanction
field-length = For how long, such as 10m, 12h or 7d (empty: until lifted)
field-reason = Reason, which the person will read
field-sanction = Sanction
field-barred = Account (name@example.org), person's number, or a room's address or code
field-deed = What is to be done
field-delta = Change, from -100 to +100
field-expiry = After what time it no longer counts, such as 30d (empty: never)
field-subject = Account, person's number or room's address (empty: everything)
field-verify = Check that the whole audit is unchanged (takes longer)
field-page = Next

form-missing = Please fill in “{ $field }”.
form-too-long = “{ $field }” may have { $limit } characters at most.
form-unprintable = “{ $field }” holds a character that cannot be written. Please write it as plain text on one line.
form-not-boolean = Please answer “{ $field }” with yes or no.
form-not-an-option = Please choose one of the answers offered for “{ $field }”.

person-name = { $number ->
    [none] { $account }
   *[other] { $account ->
        [none] person { $number }
       *[other] person { $number } ({ $account })
    }
}
no-such-person = There is no person with the number { $number }.
not-a-target = Please give an account, such as name@example.org, or a person's number.
room-is-no-person = This is the address of a room. Please give an account or a person's number.
no-such-room = No room “{ $room }” is known here. Please check the address or the code.
not-a-room = Please give a room's address, such as room@rooms.example.org, or its code.
not-a-length = Please give a length as a number with a unit: s, m, h, d or w, such as 10m, 12h or 7d.

sanction-line = No. { $number }: { $kind } { in-room }, { $until ->
    [none] until lifted
   *[other] until { $until }
}. Rule: { rule-name }. Reason: { $reason }
membership-line = { $room } · code { $code } · { $role ->
    [creator] creator
   *[member] member
} since { $since }
ledger-line = { $at }: { $delta }, { $cause } (by { $by }){ $until ->
    [none] {""}
   *[other] , until { $until }
}
strike-line = { $at }: { $rule } in { $room }, counts until { $until }
case-line = No. { $number }: { $rule } { in-room }, { $at }
occupant-line = { $nick } · { $account } · { $role } · { $affiliation }
score-of = { $score } of 100
used-of = { $used } of { $limit }
tier-since = { $name }, since { $since }
tier-locked = { $name }, locked since { $since }

fact-verified = Verified
fact-tier = Tier
fact-score = Credit score
fact-rules = Rules
fact-created = Rooms created
fact-joined = Rooms joined
fact-sanctions = Sanctions
fact-contact = To object or to ask
fact-rooms = Rooms
fact-person = Person's number
fact-accounts = Accounts
fact-blacklisted = Blacklisted
fact-ledger = Credit ledger
fact-strikes = Strikes
fact-now-in = In these rooms now
fact-cases = Cases
fact-code = Code
fact-status = Status
fact-creator = Created by
fact-members = Members
fact-occupants = In the room now
fact-entries = Entries
fact-rules-met = Rules that were met
fact-rules-idle = Rules that were not
fact-rules-added = Rules added
fact-rules-removed = Rules removed
fact-rules-changed = Rules changed
fact-sections = Sections changed
fact-problems = What is wrong

document-type = { $type ->
    [id-card] identity card
    [passport] passport
    [residence-permit] residence permit
    [driving-licence] driving licence
    [student-card] student card
    [staff-card] staff card
    [other] other document
   *[any] { $type }
}

# verify

verify-instructions = Please give the document by which you are known here. It is stored encrypted, and nobody in the rooms will see who you are.
verify-type = Type of document
verify-number = Number of the document
verify-name = Your name, as the document has it
verify-already = You are verified already; there is nothing more to do. { $tier ->
    [none] {""}
   *[other] Your tier: { tier-name }.
}
verify-done = Thank you, you are verified. You can create and join rooms now.
verify-done-accept-rules = Thank you, you are verified. One step is left: please read and accept the rules with the command “rules”.
verify-refused = This could not be confirmed. Please check the type, the number and the name, exactly as the document has them. You can try { $attempts } times in { $window }; if it still fails, ask whoever registered you.
verify-too-many = There were { $attempts } attempts that could not be confirmed. Please wait { $window } before you try again, and check your document meanwhile. If you cannot get any further, ask whoever registered you.
verify-full = As many accounts as one person may have ({ $limit }) are bound to this document already. Please use one of those, or write “status” to { $service } to see whom to ask.

# status

status-good = All is well: nothing holds against you.
status-unverified = You are not verified yet. { how-to-verify }
status-blacklisted = You may not take part in rooms here any more. To object, write to the contact below.
status-sanctioned = { $count ->
    [one] One sanction holds against you. If you think it is wrong, write to the contact below and name its number.
   *[other] { $count } sanctions hold against you. If you think one is wrong, write to the contact below and name its number.
}
status-not-verified = not verified
status-since = since { $since }
rules-state-current = accepted (version { $version })
rules-state-due = version { $version } is waiting for you: write “rules”
contact-none = the people who run { $muc }

# rules

rules-title = The rules, version { $version }
rules-accept = I have read the rules and accept them
rules-none = No rules have been published here yet.
rules-unwritten = The rules have not been published in this form; please ask the people who run { $service } for them.
rules-verify-first = These are the rules, version { $version }. You can accept them as soon as you are verified. { how-to-verify }
rules-already = You have accepted these rules (version { $version }). Thank you.
rules-accepted = Thank you. You have accepted the rules, version { $version }.
rules-not-accepted = The rules were not accepted. You can come back to them at any time with the command “rules”.

# my-rooms

my-rooms-none = You are not a member of any room.
my-rooms-instructions = { $count ->
    [one] You are a member of one room.
   *[other] You are a member of { $count } rooms.
} If you want to leave one for good, choose it.
my-rooms-field = Leave which room?
my-rooms-leave-none = none, I only wanted to look
my-rooms-kept = These are your rooms. You have left none.
my-rooms-not-in = You are no longer a member of { $room }.
my-rooms-leave = You leave { $room } for good: you are taken out of it, and your place is free again. You can join again later if there is room.
my-rooms-leave-created = You created { $room } and leave it for good: you are taken out of it, your place as its creator is free again, and the room stays for the others. You can join again later as a member if there is room.
my-rooms-left = You have left { $room }.

# person, room

person-instructions = Whom would you like to look up? That you did so is recorded.
person-note = { $name }
room-instructions = Which room would you like to look up?
room-note = { $room }
room-open = open
room-suspended = suspended: nobody can write
room-closed = closed
room-blacklisted = blacklisted

# sanction, lift

sanction-instructions = Whom, what, where, for how long and why. You will see what is going to happen before it does.
sanction-summary = { $kind ->
    [mute] { $name } can read but not write { in-room }, { sanction-length }.
    [kick] { $name } is removed { from-room } and may come back.
   *[ban] { $name } is removed { from-room } and may not come back, { sanction-length }.
} Reason: { $reason }. They are told so, with the reason and how to object.
sanction-length = { $length ->
    [none] until somebody lifts it
   *[other] for { $length }
}
sanction-done = Done: sanction no. { $number } on { $name }. “lift” ends it early.
sanction-self = You cannot sanction yourself. If something is wrong with your account, please ask another moderator.
sanction-staff = This person has a role here: only an admin can sanction them. Please ask one.
lift-instructions = Whose sanction is to end? Give an account, a person's number, or a sanction's number written as #7.
lift-choose = Sanctions on { $name }. Which one is to end, and why?
lift-none = Nothing holds against { $name } at present.
lift-no-such = There is no sanction number { $number }. Please give an account, a person's number, or a sanction's number such as #7.
lift-over = Sanction no. { $number } is not in force any more, or never was.
lift-self = You cannot lift a sanction on yourself. Please ask another moderator.
lift-done = Done: sanction no. { $number } on { $name } has ended, and they have been told.

# blacklist

blacklist-instructions = Whom or what is it about? You will see whether it is on the blacklist, and nothing is done before you have confirmed it.
blacklist-choose = What is to be done, and why?
blacklist-state = { $kind ->
    [person] { $name }, with every account
    [account] The account { $name } by itself
   *[room] The room { $name }
}: { $state ->
    [on] on the blacklist
   *[off] not on the blacklist
}.
blacklist-deed = { $deed ->
    [bar-person] Put { $name } on it, with every account
    [bar-account] Put the account { $name } alone on it
    [bar-room] Put the room { $name } on it
    [lift-person] Take { $name } off it
    [lift-account] Take the account { $name } off it
   *[lift-room] Take the room { $name } off it
}
blacklist-summary = { $deed ->
    [bar-person] { $name } can no longer take part in any room, by whichever account, also those verified later by the same document. They are removed from every room they are in. They are told so, with the reason and whom to ask.
    [bar-account] The account { $name } can no longer take part in any room, and is removed from those it is in. It is told so, with the reason and whom to ask. Other accounts of the same person stay as they are.
    [bar-room] Nobody can enter or write in the room { $name } any more, or create one at this address. Everybody in it is removed, and they and its creator are told so, with the reason.
    [lift-person] { $name } is taken off the blacklist and may take part again, and is told so. What is on the blacklist by itself stays there.
    [lift-account] The account { $name } is taken off the blacklist. It is told so when it may take part again.
   *[lift-room] The room { $name } is taken off the blacklist and can be used again; its creator is told so.
} Reason: { $reason }.
blacklist-done = { $deed ->
    [bar-person] Done: { $name } is on the blacklist.
    [bar-account] Done: the account { $name } is on the blacklist.
    [bar-room] Done: the room { $name } is on the blacklist.
    [lift-person] Done: { $name } is off the blacklist.
    [lift-account] Done: the account { $name } is off the blacklist.
   *[lift-room] Done: the room { $name } is off the blacklist.
}
blacklist-meanwhile = Nothing has been done: somebody else changed this entry meanwhile. Please start again to see what holds now.
blacklist-self = You cannot put yourself on the blacklist, or take yourself off it. Please ask another moderator.
blacklist-staff = This person has a role here: only an admin can put them on the blacklist or take them off. Please ask one.

# adjust-credit

credit-instructions = Whose score, by how much, for how long and why. You will see what is going to happen before it does.
credit-summary = The credit score of { $name } changes by { $delta }, from { $score } to { $after }, { $length ->
    [none] for good
   *[other] for { $length }
}. Reason: { $reason }.
credit-done = Done: the credit score of { $name } is now { $score }.
credit-self = You cannot change your own credit score. Please ask another moderator.
credit-no-person = { $name } is not verified and has no credit score.
not-a-delta = Please give the change as a whole number from -{ $most } to +{ $most }, and not 0.

# rule-stats

rule-stats-note = The last { $days } days, the busiest rules first. A rule that moderators often overrule is one to tell the operators of.
rule-stats-line = { $rule }: { $hits ->
    [one] met once
   *[other] met { $hits } times
}, { $refused } refused, { $overruled } overruled{ $shadow ->
    [0] {""}
   *[other] ; as a shadow met { $shadow } times
}

# audit

audit-instructions = The newest entries come first.
audit-page = Choose “older” for the next page.
audit-older = older
audit-enough = that is enough
audit-end = That was all you wanted to see.
audit-last = { $count ->
    [0] There are no entries about this.
    [one] One entry. There are no older ones.
   *[other] { $count } entries. There are no older ones.
}
audit-line = { $number } · { $at } · { $actor } · { $deed } · { $subject } · { $detail ->
    [none] {""}
   *[other] { $detail }
}
audit-whole = The audit is whole: { $count } entries, each following from the one before. Newest hash: { $head }
audit-broken = The audit has been tampered with: entry { $number } is not what was written. Please keep a copy of the database and tell the people who run { $service } at once.

# reload

reload-refused = Nothing has changed: the config file is wrong. Put right what is listed and run this again.
reload-unchanged = The config file has been read anew. Nothing in it has changed.
reload-done = The new settings are in force.
reload-restart = The new settings are in force, those in [xmpp] and [storage] excepted: they need a restart.

# Errors, at the edge

error-not-a-set = A command is sent as an IQ of type set.
error-not-a-get = Discovery is asked for by an IQ of type get.
error-nobody-here = Nobody is at this address. Please ask { $service } itself.
error-no-such-command = There is no such command here. Ask { $service } for its list of commands.
error-too-fast = That was a little fast. Please wait a few seconds and try again.
error-bad-action = This action does not fit here. Please choose one of those offered.
error-bad-session = This session is not known. Please start the command again.
error-session-ended = This session is over: it was completed, cancelled, or waited too long. Please start the command again.
error-bad-form = The form did not come back as a form. Please start the command again.
error-forbidden = You have no right to run this command. If you should have, ask the people who run { $service }.
error-crowded = Too many people are running commands at this moment. Please try again in a few minutes.
error-busy = Your last answer is still being worked on. Please wait a moment.
