"""What is reported: documents, voices, claims, events, and the doubt in each.

Frozen values, equal by content. Nothing here reads a file, asks a clock, or knows
how a report is kept.
"""
