"""Rows to nouns and back: how a snapshot of tabs becomes `Known`, and a plan becomes a commit."""
