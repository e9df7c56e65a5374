# Persons and their accounts: merged, split, moved, corrected, disclosed, erased.

chat-needs-form = This command shows personal data, which the archive of a chat would keep. Please run it in a client with ad-hoc commands.
domain-not-bound = Accounts at { $domain } cannot be verified here. Please use an account at another server, or write “status” to { $service } to see whom to ask.
rights-not-verified = No verified person stands behind this account, so nothing is kept about you under a person’s number. { how-to-verify }
not-verified-target = { $name } is not verified. Please give an account or a number of a verified person.
not-an-account = Please give an account, such as name@example.org.
person-own = You cannot decide about yourself. Please ask another identity officer.
person-erasing = { $name } has asked to be erased. Please wait until that is done or cancelled.

document-gb11643-form = This number should have 18 characters: 17 digits, then a digit or X. Please copy it from the card once more.
document-gb11643-date = Digits 7 to 14 of this number should be a date of birth, such as 19900307. Please copy the number from the card once more.
document-mrz-form = Please give the number as in the machine-readable line of the document: up to nine letters and digits, then the check digit.
document-check-digit = The last character does not fit the others, so one of them is mistaken. Please copy the number from the document once more.
document-pattern-form = A number of this kind of document looks different. Please copy it from the document once more.

words-merge = merge
words-split = split
words-unbind = unbind
words-move-account = move-account move
words-erase = erase
words-correct = correct
words-corrections = corrections
words-disclose = disclose
words-disclosures = disclosures
words-my-data = my-data mydata

command-merge = Merge two persons
command-merge-about = make one person of two that were found to be one (identity officers)
command-split = Split a person
command-split-about = take a merge back, or an account off a person (identity officers)
command-unbind = Unbind an account
command-unbind-about = take one of your accounts off you
command-move-account = Move to a new account
command-move-account-about = have a new account take the place of an old one
command-erase = Have me erased
command-erase-about = have everything about you erased, or cancel that
command-correct = Correct who I am
command-correct-about = say what is wrong with the record of who you are
command-corrections = Decide on corrections
command-corrections-about = see what persons want put right, and decide (identity officers)
command-disclose = Ask for a disclosure
command-disclose-about = ask that somebody’s identity be shown to you (identity officers)
command-disclosures = Disclosures
command-disclosures-about = decide on disclosures others asked for, and see your own (identity officers)
command-my-data = My data
command-my-data-about = get everything that is kept about you

field-one = One of them: account or person's number
field-other = The other one: account or person's number
field-part = What is to be parted
field-account = Account
field-new-account = Your new account, such as name@example.org
field-code = The code you were given by the old account
field-remark = What is wrong, and how it can be seen (may stay empty)
field-person = Person
field-case = Case: its reference
field-disclosure = Disclosure

fact-code-move = Code
fact-identity = Identity
fact-data = Data
fact-kept = What stays after you are erased

# merge, split

merge-instructions = Which two persons are one, and why? You will see who survives before it happens.
merge-same = That is the same person already.
merge-summary = { $merged } becomes part of { $survivor }: accounts, places in rooms, strikes, sanctions, credit and the blacklist follow. Nobody loses a room; while there are more than the quota allows, none is added. Reason: { $reason }. All accounts are told. “split” takes it back.
merge-done = Done: person { $merged } is part of person { $survivor } now.
split-instructions = From whom is something to be parted? Give an account or a person's number.
split-choose = What is to be parted from { $name }, and why?
split-merge = Person { $merged }, merged on { $at } ({ $accounts })
split-account = The account { $account } alone, which is not theirs
split-nothing = Nothing can be parted from { $name }: they have no account and were never merged.
split-meanwhile = Nothing has been done: somebody else changed this meanwhile. Please start again to see what holds now.
split-summary = From { $name } is parted: { $part }. What was theirs goes with it, also what was done since by those accounts. Reason: { $reason }. The accounts are told.
split-done = Done: person { $merged } is apart from person { $survivor } again.
split-unbound = Done: the account { $account } is nobody's any more. What was done by it went with it.

notice-merged = You are known here by two registrations that were found to be yours, so they have been made one: your rooms, your credit and any sanctions count together. Reason: { $reason }. { how-to-ask }
notice-split = Two registrations that had been made one are apart again, each with what was its own. Reason: { $reason }. { how-to-ask }
notice-data-exported = Everything kept about you, the document you were verified by included, has just been shown to { $account }, another account of yours. If that was not you, somebody else is using it: change its password, and take it off you by the command “unbind”.
notice-unbound = No verified person stands behind this account any more. Reason: { $reason }. { how-to-verify }
notice-moved = Your account { $account } has taken the place of this one here. If that was not you, write “status” to { $service } at once to see whom to ask.

# unbind, move-account

unbind-instructions = Which of your accounts is no longer to stand for you? You keep your rooms and your credit.
unbind-summary = { $kind ->
    [last] { $account } no longer stands for you. It is your last account: you keep your rooms and your credit, and get to them again by verifying any account with your document. To have everything erased, use “erase” instead.
   *[one] { $account } no longer stands for you and is taken out of its rooms. You keep your rooms and your credit by your other accounts.
}
unbind-done = Done: { $account } no longer stands for you.
unbind-sanctioned = While a sanction or the blacklist holds against you, accounts cannot be unbound. Write “status” to see until when, and whom to ask. You can have yourself erased at any time.
unbind-not-bound = { $account } does not stand for you (any more). Please start again to see which accounts do.

move-instructions = Which account is to take the place of { $account }? You will be given a code, which that account then gives me.
move-code-instructions = Please give the code that the old account was given. If you have no old account, use “verify” instead.
move-same = That is this account. Please give the new one.
move-summary = { $new } takes the place of { $old }: it becomes yours, and your roles in your rooms move to it. { $old } then no longer stands for you.
move-begun = From { $account }, write “move-account” to { $service } within { $window } and give this code. Until then nothing changes; a new code makes this one void.
move-done = Thank you, this account stands for you now. Your roles in rooms follow in a moment.
move-refused = This code does not fit this account, or is too old. Please check it; after five wrong codes, get a new one by the old account.
move-bound = { $account } is somebody's already. Please use another account, or unbind this one first.

# erase

erase-summary = In { $window } everything about you is erased: who you are, your accounts, rooms, credit and what you were warned of. Until then you can cancel it by “erase”. What stays is a code made of your document’s number that says nothing by itself: by it alone, sanctions in force and the blacklist find you if you come back with the same document. The record of decisions keeps accounts and numbers, never who you are.
erase-waits = You have asked to be erased. You can still think again.
erase-cancel = You are not erased on { $until }, and everything stays as it is.
erase-asked = You will be erased on { $until }. All your accounts have been told. “erase” cancels it until then.
erase-cancelled = You are not erased; everything stays as it is.
erase-too-late = It is too late: you have been erased.

notice-erasure-asked = You have asked to be erased here, which will be done on { $until }. If that was not you, or you think again, write “erase” to { $service } before.
notice-erasure-cancelled = You are not erased; everything stays as it is.
notice-erased = Everything about you has been erased here, and your places in rooms are free. If a sanction was in force, it holds should you come back with the same document. You are welcome to verify again at any time.

# correct

correct-instructions = How should the record of who you are read? Please fill in all of it, as your document has it. An identity officer will look at your document and decide; it is stored encrypted meanwhile.
correct-incomplete = Please fill in number and name with letters and digits.
correct-asked = Thank you. An identity officer will decide; you will be told.
corrections-none = Nothing waits for your decision. (You cannot decide on your own record.)
corrections-instructions = Which one would you like to look at? That you do so is recorded.
corrections-line = Person { $number }, { $at }
corrections-decide = Person { $number } wants the record to read so. Please compare it with the document itself.
corrections-changes = Differs from the record in: { $changes }
corrections-remark = Remark: { $remark ->
    [none] none
   *[other] { $remark }
}
corrections-gone = This is not waiting any more: another officer has decided, or the person asked anew. Nothing has been done.
corrections-taken = This document belongs to another person here. If they are one person, use “merge”; otherwise refuse it.
corrections-done = { $decision ->
    [accept] Done: the record of person { $number } is corrected, and they have been told.
   *[refuse] Done: the record of person { $number } stays, and they have been told.
}
change-type = type of document
change-number = number
change-name = name
correction-accept = accept: the document says so
correction-refuse = refuse
notice-corrected = The record of who you are has been corrected. Reason: { $reason }.
notice-correction-refused = The record of who you are stays as it is. Reason: { $reason }. You can ask again by “correct”, or write “status” to { $service } to see whom to ask.

# disclose

disclose-instructions = Whose identity do you need to see, for which case, and why? Another officer has to approve it, and the person is told later.
disclose-verify-first = Disclosures need two different persons, so you have to be verified yourself first. { how-to-verify }
disclose-own = This is about yourself. Please have other officers decide; “my-data” shows you what is kept.
disclose-summary = Another identity officer is asked to let you see who { $name } is. Case: { $case }. Reason: { $reason }. Once approved, you can see it once, within { $window } from now. { $told ->
    [none] The person is not told: this case is one of which nobody is.
   *[other] The person is told { $told } after you have seen it.
} All of it is recorded.
disclose-asked = Done: disclosure no. { $number } waits for another officer. You will be told.
disclosures-none = No disclosure waits for a decision or for being seen.
disclosures-instructions = Choose one: others' wait for your decision, your own for being seen.
disclosure-line = No. { $number }: person { $person }, asked for by { $account }, { $state ->
    [approved] approved
   *[waiting] waiting for a decision
}
disclosure-asked = { $account } asked on { $at } to see who person { $person } is. Case: { $case }. Reason: { $reason }
disclosure-decide = Please decide whether the case needs it. If you approve, { $service } shows the identity to whoever asked, once, not to you.
disclosure-approve = approve
disclosure-refuse = refuse
disclosure-decided = { $decision ->
    [approve] Done: disclosure no. { $number } is approved, and whoever asked has been told.
   *[refuse] Done: disclosure no. { $number } is refused, and whoever asked has been told.
}
disclosure-waits = Another officer has to decide first. You will be told.
disclosure-gone = This disclosure is over: it was decided, seen, or not in time. You can ask anew by “disclose”.
disclosure-same-person = You asked for this yourself, by whichever account. Another person has to decide.
disclosure-not-yours = This disclosure is approved; only { $account }, who asked, can see it.
disclosure-no-officer = { $account } is no identity officer any more, so this disclosure leads nowhere. Please ask anew by “disclose”.
disclosure-once = Disclosure no. { $number } is shown now, and never again. It can be seen until { $until }.
disclosed = Disclosure no. { $number }: this is person { $person }. It is not shown again; the person will be told in time unless the case is one of which nobody is.
disclosed-line = { $name } · { $type } · { $number }
notice-disclosure-asked = Disclosure no. { $number } waits for an identity officer. Please run the command “disclosures” at { $service }.
notice-disclosure-approved = Disclosure no. { $number } is approved. Please run the command “disclosures” at { $service } before { $until } to see it, once.
notice-disclosure-refused = Disclosure no. { $number } has been refused.
notice-disclosed = Who you are was shown to an identity officer here, { $since }, with the approval of a second one. Case: { $case }. Reason: { $reason }. { how-to-ask }

# my-data

my-data-note = This is everything that is kept about you (part { $piece } of { $count }), as JSON; put the parts together in their order. Times are seconds since 1970, UTC.
my-data-more = Part { $piece } of { $count } of everything that is kept about you.
my-data-next = Go on to the next part?
my-data-enough = That is enough, then. Nothing has been changed.
my-data-changed = Something changed meanwhile. Please start again to get a whole copy.
my-data-kept = After you are erased, a code made of your document’s number stays (it says nothing by itself), so that sanctions in force and the blacklist find you again and an import does not bring you back; besides, the record of decisions keeps accounts and numbers as the law asks, never who you are.
