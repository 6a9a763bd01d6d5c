"""Why this file: the sanitized build looks for broken memory and undefined behaviour, not for another proof of the arithmetic, and is
several times slower. There a test takes a sample of its random cases (YUANLIU_SAMPLE=6: a sixth), and says so; the release build takes all.
"""

import os

SAMPLE = int(os.environ.get("YUANLIU_SAMPLE", "1"))
WHOLE = SAMPLE == 1  # claims that something rare was met are made of all cases only


def takes(what):
    """Whether something large is judged at all."""
    if not WHOLE:
        print(f"sample: {what} is left to the release build")
    return WHOLE


def of(count):
    """How many of count cases to take: at least one."""
    taken = -(-count // SAMPLE)
    if not WHOLE:
        print(f"sample: {taken} of {count}")
    return taken
