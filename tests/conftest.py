"""Choose how hard the laws look: HYPOTHESIS_PROFILE, else `look` in CI, else `glance`."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from casefold_properties import profiles

collect_ignore = ["servers"]  # what runs there runs in environments of its own

profiles.register()
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("look" if os.environ.get("CI") else "glance"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that a test recognises is kept beyond it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEFOLD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
