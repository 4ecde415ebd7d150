"""Moments of text that is written in the Persian calendar (1402/05/13), for the years 1300 to 1450."""
import re

import pandas as pd

MARK = "persian "  # before a format of strptime
FIRST, LAST = 1300, 1450
EPOCH = 492_269  # days from the day before the calendar's first to 1 January 1970
WIDE = {"Y": r"\d{4}", "m": r"\d{1,2}", "d": r"\d{1,2}", "H": r"\d{1,2}", "M": r"\d{2}", "S": r"\d{2}"}
COMPACT = {**WIDE, "m": r"\d{2}", "d": r"\d{2}"}
OTHERWISE = {"Y": 0, "m": 1, "d": 1, "H": 0, "M": 0, "S": 0}


def moments(words: pd.Series, how: str) -> pd.Series:
    """Words of plain digits in that format as moments in UTC; what does not fit or is no day is missing.

    The leap years are those of the 33-year cycle, right for all of the years that are read; the portal
    reckons alike when it looks at a table.
    """
    widths = COMPACT if re.fullmatch("(%[Ymd])+", how) else WIDE
    pattern = re.sub(r"%([YmdHMS])", lambda part: f"(?P<{part[1]}>{widths[part[1]]})", re.escape(how))
    pattern = pattern.replace("%f", r"(?P<f>\d{1,6})")
    found = words.where(words.str.fullmatch(pattern)).str.extract(f"^{pattern}$")
    year, month, day, hour, minute, second = (
        _counted(found[part]) if part in found else pd.Series(otherwise, words.index)
        for part, otherwise in OTHERWISE.items()
    )
    leap = (25 * year + 11) % 33 < 8
    longest = 31 - (month > 6).astype("int64") - ((month == 12) & ~leap)
    fits = year.between(FIRST, LAST) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= longest)
    fits &= (hour < 24) & (minute < 60) & (second < 60)
    days = 365 * (year - 1) + (8 * year + 21) // 33 + 31 * (month - 1) + day - EPOCH
    days -= ((month - 7) * (month > 7)).astype("int64")
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    micros = _counted(found["f"].str.ljust(6, "0")) if "f" in found else 0
    return pd.to_datetime((seconds * 1_000_000 + micros).where(fits), unit="us", errors="coerce", utc=True)


def _counted(words: pd.Series) -> pd.Series:
    """Whole numbers; -1, which is part of no moment, for what is missing."""
    return pd.to_numeric(words, errors="coerce").fillna(-1).astype("int64")
