"""The command line: it reads arguments and prints; the work is elsewhere."""


def main() -> None:
    """Run the command line."""
