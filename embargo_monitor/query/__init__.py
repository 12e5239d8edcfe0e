"""What is asked of a log: what it said when, with three answers, and why."""
