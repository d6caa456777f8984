"""`python -m leitmotif …` is `leitmotif …`."""

import subprocess
import sys

from ._program import LeitmotifError, cannot_run, environment, program


def main() -> int:
    """Runs the program with this process's arguments, input and output."""
    try:
        path = program()
        try:
            return subprocess.run([path, *sys.argv[1:]], env=environment(), check=False).returncode
        except OSError as error:
            raise cannot_run(path, error) from None
    except LeitmotifError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
