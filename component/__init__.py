"""The XMPP side: answers the server's hook, acts on rooms, runs the commands and the command line."""
