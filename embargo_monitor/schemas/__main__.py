"""`python -m embargo_monitor.schemas FOLDER` draws the schemas anew, into FOLDER."""

import sys
from pathlib import Path

from embargo_monitor.schemas.writing import write_schemas

if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
