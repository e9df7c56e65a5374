"""What must last: schema, migrations, queries, vault. Knows nothing of XMPP beyond that JIDs are texts."""
