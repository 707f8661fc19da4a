"""Choose how hard the laws look: HYPOTHESIS_PROFILE, else `look` in CI, else `glance`."""

import os

from hypothesis import settings

from casefold_properties import profiles

collect_ignore = ["servers"]  # what runs there runs in environments of its own

profiles.register()
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("look" if os.environ.get("CI") else "glance"))
