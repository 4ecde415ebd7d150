"""Values that are not written plainly, as `data.written` of problem.yaml says how they are."""
import re

import pandas as pd

from plumbing import persian

OTHER = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٬−٪", "01234567890123456789.,-%")
UNSEEN = r"[\u200c-\u200f\u202a-\u202e\u2066-\u2069]"  # they say which way the text runs
EPOCHS = {"seconds": "s", "milliseconds": "ms"}
MARKS = r"[\s\u00a0\u202f%$€£¥₹₽₺₩₪₫₱₿﷼¢]"


def plain(values: pd.Series, words: pd.Series, how: str) -> pd.Series:
    """`values`, which read `words` as text, as numbers or as moments in UTC; what does not fit is missing.

    `how` is a format of strptime (`persian %Y/%m/%d` of the Persian calendar), seconds or milliseconds (since
    1970), or 1,234.5 or 1.234,5 for numbers: a currency and a percent sign are passed over, and (12) is -12.
    Digits may be of another script.
    """
    if pd.api.types.is_datetime64_any_dtype(values):
        return values
    if how in EPOCHS:
        counted = pd.to_numeric(words, errors="coerce")
        return pd.to_datetime(counted, unit=EPOCHS[how], errors="coerce", utc=True)
    if is_time(how):
        words = _unmarked(words).str.strip()
        if how.startswith(persian.MARK):
            return persian.moments(words, how.removeprefix(persian.MARK))
        return pd.to_datetime(words, format=how, errors="coerce", utc=True)
    return values if pd.api.types.is_numeric_dtype(values) else _numbers(words, how)


def is_time(how: str) -> bool:
    """Whether what is written so is a moment, and no number."""
    return how in EPOCHS or "%" in how


def _unmarked(words: pd.Series) -> pd.Series:
    return words.str.translate(OTHER).str.replace(UNSEEN, "", regex=True)


def _numbers(words: pd.Series, how: str) -> pd.Series:
    group, point = re.escape(how[1]), re.escape(how[-2])
    bare = _unmarked(words).str.replace(MARKS, "", regex=True)
    negative = bare.str.startswith("(") & bare.str.endswith(")")
    bare = bare.where(~negative, "-" + bare.str.slice(1, -1))
    fits = bare.str.fullmatch(rf"[+-]?((?!0{group})\d{{1,3}}({group}\d{{3}})+|\d+)({point}\d+)?")
    bare = bare.str.replace(how[1], "", regex=False).str.replace(how[-2], ".", regex=False)
    return pd.to_numeric(bare.where(fits.astype(bool)), errors="coerce").astype("float64")
