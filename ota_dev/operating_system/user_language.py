"""The language in which the user's system speaks. Reads the environment, or asks Windows."""

import ctypes
import locale
import os
import sys
from collections.abc import Mapping

__all__ = ["language_of_variables", "user_language", "windows_language"]

# POSIX.1-2017, section 8.2: the first that is set to anything decides about messages.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of_variables(variables: Mapping[str, str]) -> str | None:
    """Give the language of a POSIX locale, such as `zh_CN` of `zh_CN.UTF-8`; `None` where none is named."""
    named = next(filter(None, map(variables.get, _VARIABLES)), "")
    return named.partition(".")[0].partition("@")[0] or None


def windows_language(identifier: int) -> str | None:
    """Give the language that Windows knows under a number, in the same form; `None` for one that nobody knows."""
    return locale.windows_locale.get(identifier)


if sys.platform == "win32":

    def user_language() -> str | None:
        """Give the language in which the system speaks to this user, such as `zh_CN`; `None` where it does not say."""
        return windows_language(ctypes.windll.kernel32.GetUserDefaultUILanguage())
else:

    def user_language() -> str | None:
        """Give the language in which the system speaks to this user, such as `zh_CN`; `None` where it does not say."""
        return language_of_variables(os.environ)
