"""The demo council: a fictional harbour town, filled through the actions that its people would use."""

from shapedby.demo.loading import DemoError, load, prepare
from shapedby.demo.renewing import renew
from shapedby.demo.signing_in import sign_in_addresses

__all__ = ["DemoError", "load", "prepare", "renew", "sign_in_addresses"]
