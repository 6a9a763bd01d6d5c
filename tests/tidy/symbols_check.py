"""Proves purity a second time, on the compiled archives: whatever the source hides, a file or clock call leaves a symbol.

Usage: symbols_check.py NM ARCHIVE…
"""
import os
import re
import subprocess
import sys

import tree

C_FUNCTIONS = """
    socket connect bind listen accept send recv sendto recvfrom open open64 openat openat64 creat read write close stat
    fopen fopen64 freopen fdopen fread fwrite fgets fputs printf fprintf vprintf vfprintf puts putchar
    clock_gettime gettimeofday time clock localtime localtime_r gmtime gmtime_r getenv secure_getenv setenv
    pthread_create fork vfork execve system popen rand srand random srandom getrandom getentropy dlopen mmap nanosleep usleep
""".split()
FORBIDDEN = [
    (re.compile(r"^(?:%s)(?:@.*)?$" % "|".join(C_FUNCTIONS)), "calls the operating system"),
    (re.compile(r"^PQ\w+"), "calls libpq"),
    (re.compile(r"std::(?:__cxx11::)?basic_(?:[io]?fstream|filebuf)"), "reads or writes files"),
    (re.compile(r"std::(?:cout|cerr|clog|cin)\b|std::ios_base::Init"), "writes to the screen (or includes <iostream>)"),
    (re.compile(r"std::filesystem"), "walks folders"),
    (re.compile(r"std::j?thread\b|std::mutex|std::condition_variable|std::__future_base"), "owns threads"),
    (re.compile(r"std::chrono::(?:_V2::)?\w+::now"), "reads a clock"),
    (re.compile(r"std::random_device"), "rolls dice"),
    (re.compile(r"\b(?:soci|spdlog|fmt|boost|asio)::"), "links a third-party library of the shell"),
]


def symbols(nm, archive):
    """Yields (member, demangled symbol) of everything that the archive defines or needs."""
    listing = subprocess.run([nm, "-C", "-A", "-P", archive], capture_output=True, text=True, check=True).stdout
    for line in listing.splitlines():
        # -A -P: "archive[member]: name type [value size]"; a demangled name may contain spaces.
        match = re.match(r".*\[([^]]+)\]: (.*) [A-Za-z?](?: [0-9a-f]+)*\s*$", line)
        if match:
            yield match.group(1), match.group(2)


def main(nm, archives):
    problems, seen = [], 0
    for archive in archives:
        for member, symbol in symbols(nm, archive):
            seen += 1
            for pattern, why in FORBIDDEN:
                if pattern.search(symbol):
                    problems.append(f"{os.path.basename(archive)}[{member}]: {symbol}: {why}; move it to server/")
    if archives and not seen:
        problems.append(f"{nm} showed no symbols of {' '.join(archives)}: the check would be blind")
    tree.report(sorted(set(problems)), f"{seen} symbols, none of the outside world")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
