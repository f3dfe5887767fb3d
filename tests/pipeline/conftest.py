"""What the tests of this room share: a warehouse that a test fills by statements."""

from tests.trends.conftest import fill  # noqa: F401 - a fixture
