# Founding groups: who may, applications and what becomes of them.

command-apply = Apply for a group
command-apply-about = ask to found a group of some category and size, or for a larger size of yours
command-applications = Applications for groups
command-applications-about = decide on those who ask to found or enlarge groups (moderators)
words-apply = apply found-group
words-applications = applications

deny-founding-kept = This address is kept for somebody whose application for it was approved. Please choose another one.
deny-founding-unasked = A group is founded here after a moderator has agreed. Please apply for it: run the command “apply” at { $service }, or write “apply” to { $service } in a chat.
deny-founding-scale = Your tier may not have groups of this size. Please apply for a smaller one: write “apply” to { $service }. { how-to-see-quotas }
deny-founding-tier = Your tier may not found groups of this category or size. Please write “apply” to { $service } to see which others there are. { how-to-see-quotas }
deny-founding-early = You have not been here long enough to found such a group. Please try again from { $until } on.

field-apply-room = A name or address for a new group; or the address or code of one you manage
field-application-withdraw = Withdraw an application
field-purpose = What the group is for
field-description = Anything else the moderators should know (optional)
field-application = Application
field-application-decision = Decision
field-application-reason = Reason (the applicant reads it; needed to refuse)

apply-instructions = Which group is it about? For a new one, choose the address that it is to have. You can change nothing by mistake: the next step asks what it is to be.
apply-new = { $room } does not exist yet. What is it to be?
apply-existing = { $room } exists, and you manage it. What is it to be?
apply-keep = none, keep them
apply-option = { $number }: { $room }
apply-line = { $number }: { $room }, { $category }, { $scale }: { $status ->
    [approved] approved, found it before { $until }
   *[other] waits for a moderator until { $until }
}
apply-no-address = Please give a name, or an address such as name@{ $muc }.
apply-barred = { $room } can no longer be used. Please choose another address.
apply-taken = { $room } is taken: another group has this address, or it is kept for one. Please choose another address; for a group of yours, an owner or admin applies.
apply-twice = You have already applied for { $room }. You are told as soon as there is a decision.
apply-too-many = You have { $most } applications open, and no more are possible at once. Please wait for a decision, or withdraw one.
apply-same = { $room } is of that category and size already. Please choose another one.
apply-over = That application is over already; nothing was done.
apply-withdrawn = Application { $number } is withdrawn.
apply-waits = Your application has the number { $number } and waits for a moderator until { $until }. You are told as soon as there is a decision.
apply-approved = You may found { $room } now: join this address before { $until }. It is kept for you until then.
apply-granted = { $room } is now what you asked for.

applications-none = No application is waiting.
applications-instructions = { $count ->
    [one] One application waits.
   *[other] { $count } applications wait.
} Choose one to see who asks for what.
applications-line = { $number }: { $kind ->
    [new] new group
   *[existing] existing group
} { $room }, { $category }, { $scale }, since { $since }
applications-purpose = Purpose: { $purpose }
applications-description = More: { $description }
applications-tier = Tier: { $tier }, score { $score }, verified since { $since }
applications-history = History: strikes { $strikes }, sanctions in force { $sanctions }, rooms founded { $rooms }, applications approved { $granted }, refused { $refused }
applications-decide = Look at it, then decide. The applicant is told at once.
application-approve = approve
application-refuse = refuse
applications-own = This is your own application: another moderator has to decide on it.
applications-over = This application was decided on or withdrawn meanwhile; nothing was done.
applications-taken = The address { $room } was taken meanwhile. Please refuse, so that another one can be chosen.
applications-unknown = The settings no longer name the category or size that was asked for. Please refuse, so that another one can be asked for.
applications-unmet = The applicant does not meet (any more) what the settings demand for this category and size, so it can only be refused.
applications-say-why = Please say why it is refused: the applicant reads it.
applications-done = Application { $number } is { $decision ->
    [approve] approved
   *[refuse] refused
}. The applicant has been told.

notice-founding-waits = Somebody applies for { $room } ({ $category }, { $scale }). Write “applications” to { $service } to decide on it (number { $number }).
notice-founding-approved = Your application for { $room } ({ $category }, { $scale }) was approved. Join this address before { $until } to found the group; it is kept for you until then.{ $reason ->
    [none] {""}
   *[other] {" "}Note: { $reason }.
}
notice-founding-granted = Your application for { $room } was approved: it is now { $category }, { $scale }.{ $reason ->
    [none] {""}
   *[other] {" "}Note: { $reason }.
}
notice-founding-refused = Your application for { $room } ({ $category }, { $scale }) was refused. Reason: { $reason }. You may apply again: write “apply” to { $service }.
notice-founding-lapsed = Nobody decided on your application for { $room } in time, so it has lapsed. We are sorry. You may apply again: write “apply” to { $service }.
notice-founding-unused = The address { $room } is no longer kept for you, since the group was not founded in time. You may apply again: write “apply” to { $service }.

# the scheme as a document

scheme-title = How groups are graded
scheme-default = A group that nobody applied for is of the category “{ $category }” and of the class “{ $scale }”, or of a smaller class if its founder's tier reaches no further.
scheme-categories = Categories
scheme-scales = Classes by size
scheme-tiers = Tiers of people
scheme-name = Name
scheme-members = Members at most
scheme-founders = Who may found one
scheme-decides = Who decides
scheme-score = Credit score from
scheme-created = Groups founded at most
scheme-joined = Groups joined at most
scheme-largest = Largest class
scheme-anybody = every tier
scheme-verified = verified for { $span } at least
scheme-tenure = in the tier for { $span } at least
scheme-semicolon = ;{" "}
scheme-moderator = a moderator, on application
scheme-nobody = the rules alone
scheme-applications = What category and class demand must both be met. An application that nobody decides on lapses after { $expires }; an approved address is kept for { $valid }; one person has at most { $most } applications open.
scheme-activity = Classes by activity
scheme-messages = Messages a week from
scheme-writers = Members writing a week from
scheme-reviews = When groups are reviewed
scheme-every = Reviewed every
scheme-managers = Owners and admins needed
scheme-reviewed = Of what category and classes ask for the shortest holds. A group's managers are told { $before } before; moderators decide within { $within }.
scheme-ladder-member = What violations lead to
scheme-ladder-group = What violations in a group lead to for the group
scheme-ladder-manager = What suspended or closed groups lead to for those who answer for them
scheme-strikes = After
scheme-sanction = What follows
scheme-lasts = How long
scheme-within = Time to set it right
scheme-deduct = Credit taken
scheme-count = { $count } within { $span }
scheme-count-persons = { $count } by { $persons } people within { $span }
scheme-missed = the deadline before it was missed
scheme-without-end = until lifted
scheme-at-once = —
scheme-everywhere = in all rooms
scheme-there = in that room
scheme-kind-where = { $kind }, { $where }
