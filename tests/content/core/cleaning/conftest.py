"""What the tests of all cleaners share."""

import pytest

from content.core.cleaning import Unclean


def refusal(cleaner, value, **options):
    """Return why a cleaner refuses a value; it says so in words."""
    with pytest.raises(Unclean) as caught:
        cleaner(value, **options)
    assert str(caught.value)
    return caught.value
