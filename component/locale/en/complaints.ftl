# Reports by people, and what becomes of them.

command-report = Report something
command-report-about = report a message, somebody in a room, or a room, to those who look after it
command-reports = Reports about my room
command-reports-about = see what people reported in a room you manage, and handle it (owners and admins)
words-report = report
words-reports = reports

field-report-subject = What it is about
field-report-grounds = What is wrong
field-report-quote = The message, as it was written
field-report-id = Or its stanza id, if your client shows it
field-report-who = { $subject ->
    [message] Who wrote it: their nickname in the room
   *[occupant] Who: their nickname in the room
}
field-report-words = Anything else one should know
field-report-handling = What has been done

report-subject-name = { $name ->
    [message] a message
    [occupant] somebody in the room
   *[room] the room itself
}
report-grounds-name = { $name ->
    [abuse] insults, threats or harassment
    [spam] advertising or flooding
    [fraud] fraud
    [sexual] sexual content
    [privacy] somebody's private affairs made known
    [illegal] something illegal
   *[other] something else
}
report-instructions = In which room is it?
report-subject = { $room }: what do you want to report?
report-particulars = Whoever looks at it reads what you write here, but is not told who you are.
report-which = Please copy the message here, or give its stanza id.
report-self = This is about yourself.
report-too-many = You can make { $most } reports in a while, and have done so. Please try again later; in an emergency, “status” shows whom to ask.
report-known = You have reported this already: it is your report no. { $number }, and you are told how it ends.
report-done = Thank you. This is your report no. { $number }. { $by ->
    [managers] The room's managers look at it first, and moderators if they do not in time.
   *[moderators] Moderators look at it.
} You are told how it ends.
complaint-line = – { report-grounds-name }{ $words ->
    [none] {""}
   *[other] : “{ $words }”
}

reports-instructions = Reports about { $room } that are yours to handle. Do what is needed, and say here what it was; what is left standing past its time is a strike against those who manage the room.
reports-none = No report about { $room } is yours to handle.
reports-over = This report is not yours to handle any more: somebody was quicker, or its time is over.
reports-line = No. { $number }: { $subject ->
    [message] a message
    [occupant] somebody in the room
   *[room] the room itself
}, to be handled until { $until }
reports-deed = { $deed ->
    [muted] I muted them
    [removed] I removed or banned them
    [warned] I warned them
    [nothing-wrong] nothing is wrong
   *[pass-on] leave it to the moderators
}
reports-done = Thank you: report no. { $number } is handled, and whoever made it is told.{ $credit ->
    [0] {""}
   *[other] {" "}Credit for you: { $credit }.
}
reports-passed-on = Report no. { $number } is the moderators' now.
case-reported = reported by people
case-about-nobody = nobody known by name

notice-reports = { $count ->
    [one] Something has been reported in { $room }, which you manage.
   *[other] { $count } things have been reported in { $room }, which you manage.
} Please handle it in time: write “reports” to { $service }, or run the command “reports” of the room.
notice-cases-reported = { $count ->
    [one] One thing that people reported waits for a moderator.
   *[other] { $count } things that people reported wait for a moderator.
} Write “cases” to { $service }, or run the command “cases”.
notice-report-decided = Your report no. { $number } about { $room } has been decided by { $by ->
    [managers] the room's managers
   *[moderators] moderators
}: { $outcome ->
    [upheld] it was right, and something has been done about it. Thank you.
   *[overruled] nothing was found that breaks the rules. Thank you all the same.
}
reason-left-standing = a report about { $room }, which you answer for, was left standing
reason-report-baseless = report no. { $number } was about nothing that breaks the rules

# What waits too long, in any of staff's queues.

notice-overdue = These wait for more than { $length } and are overdue:
    { $lines }
    Write the word in brackets to { $service }, or run the command, to work them off. You are told once for each.
overdue-line = { $name }: { $count } ({ $command })
entry-waits = { $state ->
    [overdue] { $label }; waits for { $length }: overdue
   *[waiting] { $label }; waits for { $length }
}
