"""What did a command cost? Told by a process that holds little itself, so that it adds nothing.

`python -I benchmarks/engines/watching.py COMMAND...` runs it, and prints what it used as JSON. A
child is told the memory of whoever started it as its own, as far as that is more (the kernel
carries it over); a benchmark that has just made 50,000 orders would be in every figure.
"""

import json
import os
import subprocess
import sys
import time


def main() -> None:
    """Run the command of the command line; what it prints is part of what is told."""
    began = time.perf_counter()
    with subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True) as child:
        said = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    found = {
        "wall_seconds": time.perf_counter() - began,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
        "said": said.strip(),
        "code": child.returncode,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
