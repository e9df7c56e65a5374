# Lockdowns and raids.

command-lockdown = Lockdown
command-lockdown-about = freeze creating, joining or writing in a room, a category or everywhere for a while (moderators)
words-lockdown = lockdown freeze

in-place = { $room ->
    [none] { $category ->
        [none] in all rooms
       *[other] in rooms of the category “{ $category }”
    }
   *[other] in { $room }
}
deed-create = creating rooms
deed-join = joining
deed-approval = joining without approval
deed-post = writing
list-comma = ,{" "}

deny-lockdown = { $deed ->
    [create] For now no rooms can be created here, until { $until }. Reason: { $reason }. Please try again after that.
    [join] For now nobody can join { $room ->
        [none] rooms here
       *[other] this room
    }, until { $until }. Reason: { $reason }. Please try again after that.
   *[other] For now nobody can write { $room ->
        [none] here
       *[other] in this room
    }, until { $until }. Reason: { $reason }. Reading still works. Please try again after that.
}
deny-raid = Very many people came to this room at once, so for now only its members can join, until { $until }. Please try again after that, or ask the room's owners and admins to make you a member.

notice-lockdown = Lockdown { in-place } until { $until }: { $deeds }. Reason: { $reason }. It ends by itself.{ lockdown-yours }
lockdown-yours = { $count ->
    [one] { " " }You manage a room that it is about.
   *[other] { " " }You manage { $count } rooms that it is about.
}
notice-lockdown-over = The lockdown { in-place } is over: { $deeds }.{ lockdown-yours }
notice-raid = Very many people came to { $room } at once. Until { $until } only its members can join; whom you make a member can, too. It ends by itself; moderators can end it earlier by the command “lockdown”.
notice-raid-over = Everybody can join { $room } again.
notice-raid-approval = Very many people came to { $room } at once. Until { $until } whoever is no member needs the approval of its owners and admins: run “applicants” to see who asks, or make people members. It ends by itself; moderators can end it earlier by the command “lockdown”.
notice-raid-approval-over = { $room } is joined again as its managers chose.

fact-lockdowns = Lockdowns
lockdown-line = No. { $number }: { $deeds } { in-place }, until { $until }: { $reason }

lockdown-instructions = A lockdown holds at once and ends by itself. Managers of the rooms it is about are told.
lockdown-none = No lockdown is in force.
lockdown-begin = begin a lockdown
lockdown-end = end { $line }
lockdown-to-end = This ends: { $line }
lockdown-ended = Done: lockdown number { $number } has ended.
lockdown-over-already = Lockdown number { $number } is over already.
lockdown-order = Where, what and for how long? Whoever is refused reads the reason and until when.
field-where = Where
field-room-if-one = Room's address or code (for one room)
lockdown-one-room = one room
lockdown-category = all rooms of the category “{ $category }”
lockdown-everywhere = everywhere
lockdown-create = nobody creates rooms
lockdown-join = nobody joins
lockdown-post = nobody writes
lockdown-members = those who are members already may come back in
field-lockdown-length = For how long, such as 10m or 12h (empty: { $length })
lockdown-of-nothing = Please choose at least one thing that nobody may do.
lockdown-summary = Until { $until } nobody may do this { in-place }: { $deeds }. { $members ->
    [none] Not even members come in.
   *[other] Members may come back in.
} Reason: { $reason }.
lockdown-begun = Done: lockdown number { $number } is in force until { $until }.
