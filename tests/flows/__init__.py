"""Whole stories, told through the simulated workspace."""
