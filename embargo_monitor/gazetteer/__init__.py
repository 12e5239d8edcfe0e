"""Countries, forces and bodies: their ids, codes and names in several scripts.

The entries are data (TOML) beside this module. Nobody here is a person.
"""

from embargo_monitor.gazetteer.entries import EntryKind, GazetteerEntry, Mark
from embargo_monitor.gazetteer.lookup import Gazetteer, Match

__all__ = ["EntryKind", "Gazetteer", "GazetteerEntry", "Mark", "Match"]
