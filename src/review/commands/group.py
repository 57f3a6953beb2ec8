"""The commands as one: each is loaded when it is asked for, and no other."""

from difflib import get_close_matches
from importlib import import_module

import click

from review.commands.names import ABOUT, PLACES, help_page
from review.model.version import __version__


class _Commands(click.Group):
    """The commands, by the table of their names."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(PLACES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name; None when there is none."""
        if name not in PLACES:
            return None
        module, _, function = PLACES[name].rpartition(".")
        command: click.Command = getattr(import_module(f"review.commands.{module}"), function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; of a name that there is not, the nearest that there is."""
        if close := get_close_matches(args[0], PLACES, n=1) if args[0] not in PLACES else []:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {close[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what `review --help` shows."""
        formatter.write(help_page())


@click.group(cls=_Commands, help=ABOUT, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="review")
def app() -> None:
    """Hand over to a command."""
