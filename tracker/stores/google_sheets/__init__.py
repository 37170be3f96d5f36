"""Where do the rows live for somebody who loves Google Sheets? In the owner's own spreadsheet."""
