"""Texts that are translated when they are shown."""

from lyceum_judge.texts import lazy_gettext

__all__ = ["lazy_gettext"]
