# Reviews of groups by moderators.

command-group-reviews = Group reviews
command-group-reviews-about = look at groups that are due for a review (moderators)
words-group-reviews = group-reviews groupreviews

field-review = Which group
fact-review = Reviews

group-review-last = last reviewed on { $at }{ $by ->
    [none] {""}
   *[other] {" "}by { $by }
}
group-review-next = next due on { $at }
group-review-waits = with the moderators since { $since }
group-review-line = No. { $number }: { $room } · { $category }, { $scale } · since { $since }{ $late ->
    [none] {""}
   *[other] {" "}· overdue
}
group-review-manager = { $role }: { $account }
group-review-managers-missing = It has { $managers ->
    [0] no owners or admins
    [one] one owner or admin
   *[other] { $managers } owners and admins
}, and as busy as it is it should have { $needed }.
group-review-deed = { $deed ->
    [keep] it may stay as it is
    [warn] warn it
    [suspend] suspend writing
   *[close] close it: it is destroyed, its address cannot be used again
}

group-reviews-none = No group is due for a review.
group-reviews-over = This review is over. Nothing has been done.
group-reviews-instructions = { $count ->
    [one] One group is due for a review.
   *[other] { $count } groups are due for a review.
} Choose one to see what is known of it. For another category or class use the command “classify” first.
group-reviews-decide = Please go in and look, too. What becomes of it?
group-reviews-why = { $room }: please say why it { $deed ->
    [keep] may stay as it is
   *[other] may not
}. Its managers will read it.
group-reviews-done = { $deed ->
    [keep] Done: { $room } stays as it is.
    [warn] Done: { $room } is warned.
    [suspend] Done: writing in { $room } is suspended.
   *[close] Done: { $room } is closed.
} Its managers have been told.

notice-group-reviews = { $count ->
    [one] One group is due for a review
   *[other] { $count } groups are due for a review
}{ $overdue ->
    [0] {""}
    [one] , and it is overdue
   *[other] , { $overdue } of them overdue
}. Write “group-reviews” to { $service }, or run the command “group-reviews”, to look at it.
notice-group-review-comes = Moderators will review your group { $room } (code { $code }) from { $until } on, as they do with every such group now and then. They look at what it is for, who looks after it, what was reported and what is held against it. Please see to it that its name and description are right and that nothing is left standing. “status” shows how it stands.{ $needed ->
    [none] {""}
   *[other] {" "}A group as busy as yours should have { $needed } owners and admins and has { $managers }: “appoint” names more.
}
notice-group-review-kept = Moderators have reviewed your group { $room } (code { $code }): it stays as it is. { $reason }.
