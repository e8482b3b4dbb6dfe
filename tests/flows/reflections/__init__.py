"""Stories about reflections and goals."""
