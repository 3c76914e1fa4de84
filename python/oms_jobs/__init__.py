"""What runs by itself: tasks, plain functions that a person's command or a scheduler calls."""
