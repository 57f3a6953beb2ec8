"""Many report runs in one command: checked before, run side by side, kept apart, resumed exactly."""
