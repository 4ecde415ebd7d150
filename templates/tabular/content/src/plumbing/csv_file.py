"""Reads a CSV file in whatever it is written: a mark at its start and valid UTF-8 speak for themselves.

Of anything else `data.encoding` of problem.yaml is believed.
"""
import codecs
import csv

import pandas as pd

ADVICE = (
    "save it as CSV UTF-8, or say in problem.yaml what it is written in: data: {encoding: windows-1256} "
    "(windows-1252 for Western Europe, utf-16le for UTF-16 without a mark)"
)
BLOCK = 1 << 20


def opened(file, declared: str | None):
    """The names of the columns, and a function of those wanted and those of text that reads them.

    UnicodeError where the bytes are not what they should be.
    """
    encoding = encoding_of(file, declared)
    # A letter that the declared encoding does not have is no reason to stop; a file that is no UTF-8 is.
    told = {"encoding": encoding, "encoding_errors": "strict" if encoding == "utf-8-sig" else "replace"}
    first = _first_line(file, told)
    try:
        separator = csv.Sniffer().sniff(first, ",;\t|").delimiter
    except csv.Error:
        separator = ","
    options = {"sep": separator, "keep_default_na": False, "na_values": [""], **told}
    file.seek(0)
    names = list(pd.read_csv(file, nrows=0, **options))

    def read(wanted: list, texts: list) -> pd.DataFrame:
        file.seek(0)
        return pd.read_csv(file, usecols=wanted, dtype=dict.fromkeys(texts, str), low_memory=False, **options)

    return names, read


def encoding_of(file, declared: str | None) -> str:
    """What the file is written in, by Python's name."""
    file.seek(0)
    start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    return declared if declared and not _is_utf8(file) else "utf-8-sig"


def _is_utf8(file) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(BLOCK):
            if b"\0" in block:  # text of two bytes a letter is valid UTF-8 where it is all ASCII
                return False
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _first_line(file, told: dict) -> str:
    file.seek(0)
    start = codecs.getincrementaldecoder(told["encoding"])("replace").decode(file.read(1 << 16))
    return start.partition("\n")[0]
