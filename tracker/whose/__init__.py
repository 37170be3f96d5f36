"""Whose order is it? One small rule a file; `tracker.attribution` names their order."""
