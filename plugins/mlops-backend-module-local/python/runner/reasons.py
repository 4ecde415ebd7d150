"""Why a process failed, in one line. Standard library only."""
import contextlib
import re
import signal

REASON_CHARACTERS = 500
RAISED = re.compile(r"^(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)(: .*)?$")


def reason_of(code: int, lines: list) -> str:
    """Why a process failed: the signal that ended it, else what it raised, else its last line."""
    # A shell reports the signal that ended its child as 128 + number.
    number = -code if code < 0 else code - 128
    if 0 < number < signal.NSIG:
        return killed_by(number) + ("; free memory or use fewer rows, then rerun" if number == signal.SIGKILL else "")
    starts = [at for at, line in enumerate(lines) if line.startswith("Traceback (most recent call last)")]
    after = [line for line in lines[starts[-1] + 1:] if line and not line[0].isspace()] if starts else []
    for line in after:
        if found := RAISED.match(line):
            return (found[1] + (found[2] or ""))[:REASON_CHARACTERS]
    said = [line for line in lines if line.strip()]
    return said[-1].strip()[:REASON_CHARACTERS] if said else f"it ended with code {code} and printed nothing"


def killed_by(number: int) -> str:
    if number == signal.SIGKILL:
        return "killed by signal 9, probably out of memory"
    with contextlib.suppress(ValueError):
        return f"ended by signal {number} ({signal.Signals(number).name})"
    return f"ended by signal {number}"
