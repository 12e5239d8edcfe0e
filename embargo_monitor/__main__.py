"""`python -m embargo_monitor` is `embargo-monitor`."""

from embargo_monitor.cli import main

if __name__ == "__main__":
    main()
