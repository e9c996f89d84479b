"""Where a desk's home is when nobody says otherwise."""

import os
from pathlib import Path


def default_home() -> Path:
    """Return ``$BMIS_HOME``, or the folder where this system keeps a user's programs' files."""
    said = os.environ.get("BMIS_HOME")
    if said:
        return Path(said)
    from platformdirs import user_data_path

    return user_data_path("bmis", appauthor=False, roaming=False)
