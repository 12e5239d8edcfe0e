"""The first record: the Arabic article, byte for byte, and what it says."""

from pathlib import Path

from embargo_monitor.authoring import Authored, author_file

_RECORD = "000_72d35ca66b1e567a.report.json"

SEED_EVENT = "seed-article#deal"
"""The event of the article that is asked about first."""


def seeds_folder() -> Path:
    """Return the folder of the seeds: in the wheel, or beside the package."""
    package = Path(__file__).parent
    inside = package / "_bundled" / "seeds"
    return inside if inside.is_dir() else package.parent / "seeds"


def seed_report() -> Authored:
    """Return the report of the article, as an analyst wrote it.

    >>> seed_report().report.id
    'seed-article'
    """
    return author_file(seeds_folder() / _RECORD)
