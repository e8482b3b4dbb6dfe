"""The beats: planning, dispatch and rescue, with crashes at every step."""
