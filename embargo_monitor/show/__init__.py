"""To look at: records, events and lists as a person reads them in a terminal.

Text from outside is data. Whatever its script, it stays in its place on the line, and
what could move other text is shown escaped.
"""
