"""How an account is bound to a person: providers, what waits for their word, and when it ends."""
