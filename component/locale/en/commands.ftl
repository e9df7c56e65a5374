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
command-room-rules = Rules of my room
command-room-rules-about = set rules that hold in a room you manage (owners and admins)
command-person = Look up a person
command-person-about = see somebody's standing and history (moderators)
command-room = Look up a room
command-room-about = see a room's members, occupants and cases (moderators)
command-classify = Classify a room
command-classify-about = give a room its category and its class by size (moderators)
command-sanction = Sanction somebody
command-sanction-about = warn, mute, remove or ban somebody (moderators)
command-lift = Lift a sanction
command-lift-about = end a sanction early, or take back one that was wrong (moderators)
command-held = What waits
command-held-about = let texts that are held pass, or refuse them (moderators)
command-cases = Cases
command-cases-about = see open cases with their evidence, and close one (moderators)
command-retract = Take messages back
command-retract-about = take back what somebody wrote in a room (moderators)
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

kind-notice = warning
kind-manage = no managing of rooms
kind-create = no making of rooms
kind-mute = mute
kind-suspend = suspension of posting
kind-kick = removal
kind-remove = removal with the end of membership
kind-ban = ban

field-target = Account (name@example.org) or person's number
field-room = Room's address or code
field-room-or-all = Room's address or code (empty: all rooms)
field-kind = Kind of sanction
field-length = For how long, such as 10m, 12h or 7d (empty: until lifted)
field-reason = Reason, which the person will read
field-sanction = Sanction
field-wrong = Was it right?
wrong-nothing = it was right, it only ends early
wrong-last = it was wrong: what led to it last was no violation
wrong-all = it was wrong: nothing of what it was counted from was a violation
field-entry = Which one
field-decision = What is decided
field-reason-optional = Reason, which the person will read
field-writer = Whose messages: account (name@example.org) or person's number
field-within = How far back, such as 10m or 2h
field-stanza-id = Or one message: its stanza id
field-barred = Account (name@example.org), person's number, or a room's address or code
field-deed = What is to be done
field-delta = Change, from -100 to +100
field-expiry = After what time it no longer counts, such as 30d (empty: never)
field-subject = Account, person's number or room's address (empty: everything)
field-verify = Check that the whole audit is unchanged (takes longer)
field-category = Category
field-scale = Class by size
field-matcher = What is the rule to look for?
field-own-rule = Which rule?
field-rule-name = Name of the rule, which members will read: letters, digits and hyphens
field-words = Words or phrases, with commas between them
field-pattern = Regular expression (RE2)
field-links = Which links?
field-domains = Sites, with commas between them, such as example.org
field-letters = Shouting counts from how many letters on?
field-characters = Most characters a message may have
field-file-kinds = Kinds of file, with commas between them. Known: { $kinds }
field-action = What is to follow?
field-mute-length = If it mutes: for how long, such as 10m or 2h (empty: { $longest })
field-exempt = For whom does it not hold?
field-try = Text to be tried
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
membership-line = { $room } · code { $code } · { $category } · { $scale } · { $role ->
    [creator] creator
   *[member] member
} since { $since }
ledger-line = { $at }: { $delta }, { $cause } (by { $by }){ $until ->
    [none] {""}
   *[other] , until { $until }
}
strike-line = { $at }: { $rule } in { $room }, { $until ->
    [none] overruled
   *[other] counts until { $until }
}
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
fact-category = Category
fact-scale = Class by size
fact-own-rules = Rules of its own
fact-own-rules-of = Rules of { $room } itself, set by its owners and admins
fact-hits = Rules that hit
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
fact-resting = These still hold and were counted from it too
fact-closed-cases = Closed lately
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
}{ $until ->
    [none] {""}
   *[other] {" "}It counts until { $until }; you will be reminded before.
}
verify-done = Thank you, you are verified. You can create and join rooms now.
verify-done-accept-rules = Thank you, you are verified. One step is left: please read and accept the rules with the command “rules”.
verify-refused = This could not be confirmed. Please check the type, the number and the name, exactly as the document has them. You can try { $attempts } times in { $window }; if it still fails, ask whoever registered you.
verify-too-many = There were { $attempts } attempts that could not be confirmed. Please wait { $window } before you try again, and check your document meanwhile. If you cannot get any further, ask whoever registered you.
verify-full = As many accounts as one person may have ({ $limit }) are bound to this document already. Please use one of those, or write “status” to { $service } to see whom to ask.

# status

status-good = All is well: nothing holds against you.
status-unverified = You are not verified yet. { how-to-verify }
status-lapsed = Your verification has ended. { how-to-renew }
status-blacklisted = You may not take part in rooms here any more. If you think this is wrong, use the command “appeal”; the contact below can be asked too.
status-sanctioned = { $count ->
    [one] One sanction holds against you. If you think it is wrong, use the command “appeal”.
   *[other] { $count } sanctions hold against you. If you think one is wrong, use the command “appeal”.
}
status-not-verified = not verified
status-since = since { $since }{ $until ->
    [none] {""}
   *[other] , until { $until }
}
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

# room-rules

room-rules-none = You are not an owner or admin of any room.
room-rules-instructions = Which room is it about?
room-rules-not-yours = You are not, or no longer, an owner or admin of this room. Nothing has been done.
room-rules-closed = This room has been closed. Nothing has been done.
room-rules-meanwhile = Nothing has been done: somebody else changed the rules of this room meanwhile. Please start again to see what holds now.
room-rules-not-allowed = Rooms of this category may have no rules of their own.
room-rules-overview = Rules of { $room } itself: { $count } of at most { $most }. They hold beside the platform's rules, in this room alone.
room-rules-looked = These are the rules of { $room } itself.
room-rules-choose = Please choose.
room-rules-deed = { $deed ->
    [add] add a rule
    [change] change a rule
    [remove] remove a rule
    [try] try a text on the rules
    [lift] lift a mute that a rule imposed
   *[look] nothing, I only wanted to look
}
room-rules-write = { $rule ->
    [none] A new rule. Whoever breaks it is told its name and that it is the room's own.
   *[other] The rule “{ $rule }”.
}
room-rule-added = Done: the rule “{ $rule }” holds in { $room } from now on.
room-rule-changed = Done: the rule “{ $rule }” holds in { $room } as it reads now.
room-rule-removed = Done: the rule “{ $rule }” no longer holds in { $room }.
room-rules-try = The text is tried on the room's own rules as if a participant had written it. Nobody sees it and nothing is recorded. The platform's rules are not asked.
room-rules-tried = { $count ->
    [0] None of the room's own rules hits this text.
    [one] One of the room's own rules hits this text.
   *[other] { $count } of the room's own rules hit this text.
}
room-rules-hit = “{ $rule }” ({ $action ->
    [note] noted only
    [mute] refused and muted
   *[reject] refused
}){ $item ->
    [none] {""}
   *[other] : “{ $item }”
}
room-rules-no-mutes = No mute by a rule of this room is in force that you could lift.
room-rules-lifted = Done: the mute (number { $number }) has ended, and they have been told.
room-option = { $room } · code { $code }
own-rule-line = “{ $rule }”: { $what }; { $then }{ $exempt ->
    [owners] , owners and admins excepted
    [moderators] , owners, admins and moderators excepted
   *[nobody] {""}
}{ $rest ->
    [none] {""}
   *[other] . { own-rule-rests }
}
own-rule-rests = It does not act: { $rest ->
    [matcher] the operators no longer allow rules that look for this
    [action] the operators no longer allow what would follow
    [length] the operators no longer allow mutes as long as this
    [exempt] the operators no longer allow exceptions
    [rules] there are more rules than the operators allow
    [words] there are more words in the rules than the operators allow
   *[faulty] it cannot be used as it is
}
own-rule-what = { $matcher ->
    [words] { $count ->
        [one] one word
       *[other] { $count } words
    }
    [patterns] a pattern
    [links] { $others ->
        [others] { $count ->
            [0] any link
           *[other] any link, those to some sites excepted
        }
       *[none] links to some sites
    }
    [caps] shouting in capitals, from { $least } letters on
    [length] texts of { $least } characters or more
    [attachments] some kinds of file
   *[mixed_script] words with look-alike letters of another script
}{ $items ->
    [none] {""}
   *[other] {" "}({ $items })
}
own-rule-then = { $action ->
    [note] noted only
    [mute] refused, and muted for { $length }
   *[reject] refused
}
own-rule-matcher = { $matcher ->
    [words] words or phrases
    [patterns] a regular expression
    [links] links
    [caps] shouting in capitals
    [length] long messages
    [attachments] files
   *[mixed_script] words with look-alike letters of another script
}
own-rule-action = { $action ->
    [note] only note it for the moderators
    [mute] refuse it, and mute the writer in this room
   *[reject] refuse it
}
own-rule-exempt-who = { $exempt ->
    [owners] owners and admins
    [moderators] owners, admins and moderators
   *[nobody] it holds for everybody
}
links-others = every link, except to the sites below
links-these = only links to the sites below
file-kind = { $kind ->
    [image] image
    [audio] audio
    [video] video
    [document] document
    [archive] archive
    [program] program
   *[other] other
}
not-a-rule-name = Please give a name of letters and digits, with hyphens between words, of { $limit } characters at most.
rule-name-taken = This room has a rule “{ $rule }” already. Please choose another name, or change that rule.
not-in-words = “{ $item }” cannot be looked for: it is longer than 60 characters, or has nothing visible in it.
not-in-domains = “{ $item }” is not the address of a site. Please write it as example.org, without http:// and without a path.
not-in-kinds = “{ $item }” is not a kind of file. Please choose from those that are listed.
not-in-list = Please give at least one.
not-in-range = Please give a whole number from { $least } to { $most }.
mute-too-long = A rule of a room's own may mute for { $longest } at most.
own-rule-faulty = { $matcher ->
    [links] Not every site can be let through: anybody may have a name below some of them. Please name sites as somebody registered them, such as example.org.
   *[other] { not-a-pattern }
}
not-a-pattern = This cannot be used as a pattern: it is no regular expression of RE2's kind, or trying it could take too long. Please write it more simply.
word-never-found = “{ $item }” would never be found. Please write it as people would, or leave it out.
own-rules-too-costly = Nothing has been done: with this, some messages would take the machine too long to judge. Please give fewer words, and none that lie within one another.
own-rule-beyond = { $rest ->
    [rules] A room may have { $rules } rules of its own. Please remove one first.
    [words] All rules of a room may have { $words } words together. Please leave some out.
   *[other] The operators do not allow such a rule here. Please start again to see what is allowed.
}

# classify

classify-instructions = Which room is to be classified?
classify-now = { $room }: { $category }, { $scale }, members: { $members }. What is it to be, and why? Members beyond a smaller class's limit stay; nobody joins until there is room.
classify-closed = This room has been closed; it stays as it was.
classify-meanwhile = Nothing has been done: the settings were changed meanwhile. Please start again.
classify-done = Done: { $room } is classified.
scale-option = { $scale } (up to { $members } members)

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
    [notice] { $name } is warned { in-room }; nothing else follows.
    [manage] { $name } may not manage rooms, { in-room }, { sanction-length }.
    [create] { $name } may not create rooms, { sanction-length }.
    [suspend] Posting is suspended for { $name } { in-room }, { sanction-length }; they can read.
    [remove] { $name } is removed { from-room } and is no longer a member: the place is free, the affiliation gone. They may join again.
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
lift-choose = Sanctions on { $name } that hold or were imposed lately. Which one is to end, was it right, and why? What was wrong is undone: its strikes no longer count, and credit is given back.
lift-none = Nothing holds against { $name }, nor has lately.
lift-no-such = There is no sanction number { $number }. Please give an account, a person's number, or a sanction's number such as #7.
lift-over = Sanction no. { $number } is not in force any more, or never was. If it was wrong, say so, and what it did is undone.
lift-self = You cannot lift a sanction on yourself. Please ask another moderator.
lift-done = Done: sanction no. { $number } on { $name } has ended, and they have been told.

lift-overruled = Done: sanction no. { $number } on { $name } is taken back, and they have been told. Strikes that no longer count: { $strikes }. Credit given back: { $credit }.

# held, cases

held-instructions = { $count ->
    [one] One text waits. What was found in it stands between ⟦ and ⟧.
   *[other] { $count } texts wait. What was found in them stands between ⟦ and ⟧.
} Nobody has seen them. A yes lets the same text by the same person pass; a refusal needs a reason.
held-line = No. { $number } · { $at } · { $rules } · { $room ->
    [none] no room
   *[other] { $room }
} · { $person ->
    [none] not verified
   *[other] person { $person }, { $tier }
}
held-approve = let it pass
held-refuse = refuse it
held-turn = show the { $first ->
    [newest] newest
   *[oldest] oldest
} first
held-none = Nothing waits for a moderator.
held-over = No. { $number } waits no more: somebody has decided it, or its time has run out.
held-own = You wrote this yourself. Please leave it to another moderator.
held-reason = Please give a reason: the person will read it.
held-done = { $decision ->
    [approve] Done: no. { $number } may pass, and whoever wrote it has been told.
   *[refuse] Done: no. { $number } is refused, and whoever wrote it has been told why.
} { $count ->
    [0] Nothing else waits.
    [one] One more waits.
   *[other] { $count } more wait.
}
cases-instructions = The newest open cases. What was found stands between ⟦ and ⟧. Closing a case needs a reason.
docket-case-line = No. { $number } · { $at } · { $rule } · { $room ->
    [none] no room
   *[other] { $room }
} · { $person ->
    [none] { $account ->
        [none] { case-about-nobody }
       *[other] { $account }
    }
   *[other] person { $person }
}
closed-case-line = { $line }: { $outcome ->
    [upheld] upheld
   *[overruled] no violation
} (by { $by })
cases-upheld = close it: it was a violation
cases-overruled = close it: it was none, and what followed from it is undone
cases-older = show older ones
cases-closed = show those that are closed
cases-closed-note = There are no further open cases. These were closed lately.
cases-over = Case no. { $number } is closed already, or never was.
cases-own = This case is about yourself. Please leave it to another moderator.
cases-reason = Please give a reason: it is recorded, and whoever it is about may read it.
cases-done = { $outcome ->
    [upheld] Done: case no. { $number } is closed as a violation.
   *[overruled] Done: case no. { $number } is closed as no violation. Strikes that no longer count: { $strikes }. Credit given back: { $credit }.
}

# retract

retract-instructions = Whose messages, where and how far back; or one message by its id. You will see what is going to happen before it does. It cannot be undone.
retract-which = Please give either whose messages are meant, or the id of one message.
retract-where = Please say in which room the message is.
retract-summary = { $name ->
    [none] The message { $id } { in-room } is taken back.
   *[other] Everything that { $name } wrote { in-room } in the last { $length } is taken back.
} It is replaced in the archive and for newcomers; people's devices are asked to hide it. Reason: { $reason }.
retract-done = { $count ->
    [0] There was nothing to take back.
    [one] Done: one message has been taken back.
   *[other] Done: { $count } messages have been taken back.
}
retract-forgotten = The server remembers who wrote what only since { $since }: what is older can be taken back one by one, by its stanza id.
retract-unannounced = The server keeps no archive (mod_muc_mam), so messages have no ids: newcomers will not see these, but devices that have them could not be told.
retract-failed = The server gave no answer, so nothing may have been taken back. Please tell the people who run { $service }, and try again.

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
audit-forged = The audit has been tampered with: entry { $number } has no signature that is right. Please keep a copy of the database and tell the people who run { $service } at once.
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
