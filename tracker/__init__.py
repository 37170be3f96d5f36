"""An affiliate tracker in a spreadsheet: who brought the order, what is owed, and why?"""

__version__ = "0.1.0"
