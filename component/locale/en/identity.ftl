# Being verified by whichever provider, and verifications that end.

verify-choose = There are several ways to be verified. Which one would you like to take?
fact-link = Link
field-provider = How
provider-name = { $provider ->
    [registry] by a document that you are registered with here
    [review] by an identity officer, who looks at what you submit
    [http] by the verification service
    [oidc] by signing in where you have an account already
   *[any] { $provider }
}
verify-nobody = Nobody can be verified here at the moment. Please write “status” to { $service } to see whom to ask.
verify-impostor = This account’s address can be mistaken for somebody else’s, so it cannot be verified. Please use another account, or write “status” to { $service } to see whom to ask.
verify-provider-gone = This way of being verified is not offered any more. Please start again.
verify-waits = Thank you. What you submitted is being looked at; I will write to you when it is decided.
verify-waits-since = What you submitted on { $at } waits { $provider ->
    [review] for an identity officer
   *[other] for the verification service
}. You can take it back, and submit it anew if you like.
verify-withdrawn = You have taken it back; what you had submitted is destroyed.
field-withdraw = Take it back
verify-incomplete = Please fill in number and name with letters and digits.
verify-renewed = Thank you, your verification counts anew{ $until ->
    [none] .
   *[other] , until { $until }.
}
verify-conflict = This could not be connected with your account: it belongs to somebody else here, or is known under another name. Nothing has been changed. Please write “status” to { $service } to see whom to ask.

notice-verification-ends = Your verification ends on { $until }. After that you lose what only verified people may do here; you stay a member of your rooms. To be verified again now, write “verify” to { $service }.
notice-verification-over = Your verification has ended: until you are verified again you cannot do what only verified people may do here. You stay a member of your rooms. To be verified again, write “verify” to { $service }.

# the provider `review`

review-submit-instructions = Please fill this in. An identity officer will look at it and decide; you will be told. It is stored encrypted, and destroyed once it is decided, after { $keep } at the latest. Nobody in the rooms will see who you are.
notice-review-refused = Your verification was refused. Reason: { $reason }. You can submit it anew: write “verify” to { $service }.
notice-review-lapsed = Nobody has decided on your verification in time, so what you submitted is destroyed. Sorry! Please submit it anew: write “verify” to { $service }.
notice-review-waits = { $count ->
    [one] One new submission waits for an identity officer.
   *[other] { $count } new submissions wait for an identity officer.
} Please run the command “review” at { $service }.

words-review = review
command-review = Review submissions
command-review-about = see what applicants submitted, and decide (identity officers)
review-instructions = { $count ->
    [one] One submission waits for a decision.
   *[other] { $count } submissions wait for a decision.
} That you look at one is recorded.
review-none = Nothing waits for your decision. (You cannot decide on your own submissions.)
review-line = No. { $number }: { $account }, { $at }
review-decide = { $account } submitted this on { $at }. Once you decide, it is destroyed, but for who the person is, which stays encrypted.
review-gone = This submission is not undecided any more: another officer has decided, or the applicant took it back. Nothing has been done.
review-approved = { $account } is verified now, and has been told.
review-refused = { $account } was refused, and has been told. What was submitted is destroyed.
review-full = This person has as many accounts as one may have ({ $limit }). You can only refuse it.
review-conflict = This document or account belongs to another person here, or is known under another name, or is your own. Refuse it, or have that put right first.
review-needs-reason = Please give the reason, so that the applicant knows what to do.
field-submission = Submission
field-refusal = Reason, when you refuse: the applicant will read it
decision-approve = approve: this is who they are
decision-refuse = refuse

# the provider `http`

http-instructions = Please fill this in. It is sent to the verification service, and nobody in the rooms will see who you are.
http-unreachable = The verification service does not answer at the moment. I keep trying, and will write to you when it is decided; you need not do anything.
http-unreachable-now = The verification service does not answer at the moment. Please try again in a minute.
http-refused = The verification service could not confirm this. Please check what you filled in, and try again: write “verify” to { $service }.
http-code-instructions = Please fill in the code that the verification service sent you.
http-wrong-code = That was not the right code. Please try again.
http-code-over = This code is not waited for any more. Please start again: write “verify” to { $service }.
field-challenge = Code
notice-http-code = The verification service wants one more thing from you. Please write “verify” to { $service } to go on.
notice-http-lapsed = The verification service has not decided in time, so what you submitted is destroyed. Sorry! Please submit it anew: write “verify” to { $service }.

# the provider `oidc`, in commands, in the chat and in the browser

oidc-link = Please open the link in your browser and sign in there. It holds for { $lasts }, once, and for your account alone: give it to nobody. I will write to you when it is done.
oidc-unreachable = The sign-in service does not answer at the moment; nothing has been done. Please try again in a while: write “verify” to { $service }.
oidc-start = You are about to show who is behind the account { $account }. Go on only if that is your own account and you have just asked for it yourself. If somebody sent you this link, please close this page.
oidc-sign-in = Go on, and sign in at { $host }
oidc-unknown = This link is not known here. Please write “verify” to { $service } for a new one.
oidc-used = This link has been used. If you are not verified yet, please write “verify” to { $service } for a new one.
oidc-late = This link has been given too long ago. Please write “verify” to { $service } for a new one.
oidc-other-browser = Nothing has been done: please open the link that you were given in the same browser that you sign in with.
oidc-declined = You have not signed in, so nothing has been done. Please write “verify” to { $service } to try again.
oidc-not-believed = What the sign-in service answered could not be confirmed, so nothing has been done. Please write “verify” to { $service } to try again.
