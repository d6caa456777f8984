"""`python -m leitmotif …` is `leitmotif …`."""

import subprocess
import sys

from ._program import environment, program


def main() -> int:
    """Runs the program with this process's arguments, input and output."""
    try:
        return subprocess.run([program(), *sys.argv[1:]], env=environment(), check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
