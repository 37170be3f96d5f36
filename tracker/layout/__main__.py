"""How is sheets_layout.md made? `python -m tracker.layout > sheets_layout.md`."""

from __future__ import annotations

import sys

from tracker.layout import print_layout

if __name__ == "__main__":
    sys.stdout.buffer.write(print_layout().encode())
