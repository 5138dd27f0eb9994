"""The command line: it reads arguments and prints; the work is elsewhere. One module a group."""

import sys
from importlib import import_module

import typer

from jobtide.errors import JobtideError

#: typer carries its own click, under a private name; this is the root of its errors all the same.
_WRONG_USAGE: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
)
#: One module a command group; each adds its commands to the app that it is given.
GROUPS = (
    "work",
    "pages",
    "finding",
    "worker",
    "keeping",
    "backfill",
    "explaining",
    "sources",
    "settings",
    "alerts",
    "quality",
    "numbers",
    "serving",
    "mcp",
    "match",
)
#: Exit status after Ctrl-C: 128 and the number of SIGINT, as shells have it.
INTERRUPTED = 130


def build() -> typer.Typer:
    """Return the app with every command group in it."""
    app = typer.Typer(
        name="jobtide",
        help="Many job boards in, one clean set of remote jobs out.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for name in GROUPS:
        import_module(f"jobtide.cli.{name}").add(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from jobtide import __version__

        typer.echo(f"jobtide {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
    debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error."),
) -> None:
    """Many job boards in, one clean set of remote jobs out."""
    context.obj = {"debug": debug}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit status.

    0 ok, 1 error, 2 wrong usage, 3 some boards failed, 78 a wrong setting, 130 interrupted.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        status = build()(args=arguments, standalone_mode=False)
    except _WRONG_USAGE as error:
        error.show()  # type: ignore[attr-defined]
        sys.exit(error.exit_code)  # type: ignore[attr-defined]
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except JobtideError as error:
        _end("--debug" in arguments, str(error), error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away: that is its right
        sys.exit(0)
    except OSError as error:
        _end("--debug" in arguments, _say(error), 1)
    except Exception as error:
        _end("--debug" in arguments, _unexpected(error), 1)
    if status == INTERRUPTED:  # typer may turn the interrupt into this status by itself
        typer.echo("jobtide: interrupted; what was finished is kept", err=True)
    sys.exit(status if isinstance(status, int) else 0)


def _end(debug: bool, message: str, status: int) -> None:
    if debug:
        raise
    if not getattr(sys.exception(), "told", False):  # a log in JSON holds it already
        typer.echo(f"jobtide: {message}", err=True)
    sys.exit(status)


def _unexpected(error: Exception) -> str:
    """Return what to say of a fault of ours: what it is, and what the user can do."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"unexpected: {what}. A fault of jobtide; --debug shows where. Please report it."


def _say(error: OSError) -> str:
    """Return what a failed file operation means and what to do next."""
    if error.errno == 28:  # ENOSPC
        where = error.filename or "while writing"
        return f"the disk is full ({where}). Free some space and run again."
    return f"{error.filename or 'file'}: {error.strerror or error}"
