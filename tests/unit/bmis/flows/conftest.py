"""The post of the crossings' tests: what is counted was recorded as officers record it."""

from tests.unit.bmis.crossings.conftest import built_home, clock, home_path, identity_card, passport, post

__all__ = ["built_home", "clock", "home_path", "identity_card", "passport", "post"]
