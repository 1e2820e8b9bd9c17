"""Event coder: news text to CAMEO events (who did what to whom)."""

__version__ = "0.1.0"
