"""What is asked of a log: filters with three answers, and what matches them and why."""
