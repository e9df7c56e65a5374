"""The hooks: modules in each server's own language, shipped as data, that hold stanzas and ask Roomkeeper.

Knows where the files lie; knows no policy and runs no code of its own.
"""
