"""How it is kept: bytes in, each at a position of its own, never changed after.

Nothing here knows what the bytes say.
"""
