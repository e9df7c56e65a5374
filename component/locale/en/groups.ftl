# Groups: finding them, their pages, and exceptions from quotas.

command-find = Find a group
command-find-about = find a group by its code or name, and the address to join it
command-info = About a group
command-info-about = see a group's page: members, managers, code
command-override = Quota exceptions
command-override-about = allow one person or group more places or fewer (moderators)

words-find = find search
words-info = info about
words-override = override quota

field-find = Code, or a part of the name
field-quota = Which quota
field-places = How many places there are to be (empty: as for everybody else)
field-override-length = For how long, such as 7d or 12w (empty: without end)

fact-found = Found
fact-name = Name
fact-address = Address
fact-founded = Known since
fact-join = Joining
fact-managers = Managers
fact-overrides = Quota exceptions

quota-created = rooms created
quota-joined = rooms joined
quota-members = members

# find, info

find-instructions = Write the group's code, such as 7K2M-9QXD-4, or a part of its name. By name only public groups are found; you may leave the name empty and choose a category.
find-any-category = any category
find-no-code = No group has the code { $code }. Please check it once more.
find-closed = The group with the code { $code } is closed{ $at ->
    [none] {""}
   *[other] {" "}since { $at }
}. Its code is not used again.
find-too-short = Please write at least { $least } characters of the name, or the whole code.
find-none = No public group has “{ $what }” in its name. If you know its code, write that.
find-note = { $count ->
    [one] One group was found. Open its address to join.
   *[other] { $count } groups were found. Open an address to join.
}
find-more = More than { $count } groups were found; these are the largest. Write more of the name to see others.
find-line = { $name } · { $address } · code { $code } · { $members ->
    [one] one member
   *[other] { $members } members
}
info-instructions = Which group would you like to know about?
manager-line = { $nick } ({ $role ->
    [founder] founder
    [owner] owner
   *[admin] admin
})
managers-unseen = { $count ->
    [one] one who has not been here yet
   *[other] { $count } who have not been here yet
}

# override

override-instructions = Whose quota is it about? You will see what holds for them now.
override-choose = { $name }: which quota, how many places, for how long, and why?
override-none = As for everybody else: no exceptions.
override-line = { $quota }: { $places }, { $until ->
    [none] without end
   *[other] until { $until }
}. By { $by }: { $reason }
override-summary = { $name } may have { $places } places from now on ({ $quota }), { $until ->
    [none] without end
   *[other] until { $until }
}. Whoever holds more keeps what they have and gets no more. Reason: { $reason }.
override-ends = For { $name } the quota is again that of everybody else ({ $quota }). Whoever holds more keeps what they have and gets no more. Reason: { $reason }.
override-done = Done: the quota of { $name } has been changed.
override-closed = { $room } is closed and has no members.
override-self = You cannot change your own quota. Please ask another moderator.
override-staff = This person has a role here: only an admin can change their quota. Please ask one.
notice-override = A moderator has changed a quota{ $room ->
    [none] { " " }of yours
   *[other] { " " }of your room { $room }
} ({ $quota }): it is { $places } now, { $until ->
    [none] without end
   *[other] until { $until }
}. Reason: { $reason }.
notice-override-ended = The exception from a quota{ $room ->
    [none] { " " }of yours
   *[other] { " " }of your room { $room }
} ({ $quota }) has been ended by a moderator: it is again what everybody has. Nothing is taken from you. Reason: { $reason }.
not-a-number-of-places = Please give a whole number of places, from 0 to { $most }, or leave it empty.

# growing

notice-room-growing = Your room { $room } has { $members ->
    [one] one member
   *[other] { $members } members
} of { $limit } that it may have{ $state ->
    [full] : it is full, and nobody else can join.
    [nearly] : it is nearly full.
   *[growing] .
} { $way ->
    [apply] If it is to have more, apply for a larger class: write “apply” to { $service }.
   *[ask] There is no larger class; end memberships that are no longer used, or ask the moderators for an exception.
}

# activity

fact-activity = Activity
activity-line = { $week ->
    [this] this week
   *[last] last week
}: { $messages ->
    [one] one message
   *[other] { $messages } messages
}, { $members ->
    [one] one member
   *[other] { $members } members
} writing

# hats

hat-founder = Founder
hat-manager = Manager
hat-verified = Verified

# searching from afar (XEP-0433)

search-title = Public groups
search-by-members = Members, most first
search-by-address = Address
field-search-words = Words of the name or address, or a code
field-search-all = All public groups, whatever their names
field-search-name = Search in names
field-search-text = Search in descriptions (none are kept here)
field-search-address = Search in addresses
field-search-key = Sort by
error-search-too-fast = That was a little fast. Please search again in a few seconds.
error-search-conflict = Searching for words and wanting all groups do not go together. Please choose one of them.
error-search-nothing = Please give words to search for, choose a category, or ask for all public groups.
error-search-terms = Please give a word of at least two characters.
error-search-category = There is no such category here. Please ask for the form anew.
error-search-key = Groups cannot be sorted like that here. Please choose members or addresses.
error-search-page = There is no such page. Please begin with the first one.
error-search-backwards = Pages can only be asked for from the first to the last.
