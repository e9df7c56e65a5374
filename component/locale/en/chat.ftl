# Commands by chat. Words are written in one line, parted by spaces; the first one is shown in the help.

words-help = help menu ?
words-cancel = cancel stop quit
words-skip = skip -
words-yes = yes y ok 1 true
words-no = no n 0 false
words-verify = verify
words-status = status
words-rules = rules
words-my-rooms = my-rooms rooms myrooms
words-room-rules = room-rules roomrules
words-person = person
words-room = room
words-classify = classify
words-sanction = sanction
words-lift = lift
words-held = held
words-cases = cases
words-retract = retract
words-blacklist = blacklist
words-adjust-credit = adjust-credit credit
words-rule-stats = rule-stats
words-audit = audit
words-reload = reload

chat-help = Hello, this is { $service }. I keep the rooms here to the rules. Write one of these words to me:
chat-help-end = help: see this again
chat-how-to-cancel = (Write “cancel” to stop at any time.)
chat-answer-boolean = Answer “yes” or “no”.
chat-answer-list = Answer with a number from the list.
chat-answer-optional = { $value ->
    [none] Write “skip” to leave it empty.
   *[other] Write “skip” for { $value }.
}
chat-puzzled = I did not understand that. Write “help” to see what I can do.
chat-too-late = I waited for your answer too long and have forgotten what you told me. Please start again; “help” shows how. If your last message held anything secret, delete it now.
chat-encrypted = I cannot read encrypted messages. Please turn encryption off for this chat and write again.
chat-cancelled = Cancelled; nothing has been done.
chat-nothing-to-cancel = There is nothing to cancel.
chat-gave-up = That did not work out, so I have stopped asking; nothing has been done. Write “help” to begin again.
chat-delete-secrets = Please delete your messages above now: they hold your document's number and your name, and your devices and server may keep them.
