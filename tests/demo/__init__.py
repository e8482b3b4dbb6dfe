"""The demo, played whole."""
