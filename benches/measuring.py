"""Runs a command in a process of its own and says how long it took, and the most memory that it held. Standard library only."""
import os
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

# A process between, because Linux counts what the parent held when it forked.
LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
_, status, usage = os.wait4(subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL).pid, 0)
peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
open(sys.argv[1], "w").write(f"{os.waitstatus_to_exitcode(status)} {time.perf_counter() - start} {usage.ru_utime} {peak}")
"""

Run = namedtuple("Run", "seconds cpu_seconds peak")


def measured(command, home):
    """Runs a command in a home of its own -> Run: seconds on the clock, of all threads outside the kernel, bytes resident at most."""
    with tempfile.TemporaryDirectory() as folder:
        usage = Path(folder) / "usage"
        surroundings = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "TOKENIZERS_PARALLELISM": "true"}
        command = [sys.executable, "-I", "-S", "-c", LAUNCHER, usage, *command]
        result = subprocess.run(command, env=surroundings, stderr=subprocess.PIPE, text=True)
        code, seconds, cpu_seconds, peak = usage.read_text().split()
        if code != "0":
            sys.exit(f"error: {command[6]} ended with {code}:\n{result.stderr}")
        return Run(float(seconds), float(cpu_seconds), int(peak))


def machine():
    """Its cores and processor, and what else it does."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = os.uname().machine if hasattr(os, "uname") else "processor unknown"
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} cores, {processor}; load before: {load}"
