"""Click's own words in Vietnamese: headings of the help, and what is said about wrong usage."""

from __future__ import annotations

from typing import Any

import click

from pipeline.workspace.tree import did_you_mean

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Lệnh", "Positional arguments": "Tham số"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = args.replace("[OPTIONS]", "[TÙY CHỌN]").replace("[COMMAND] [ARGS]...", "[LỆNH …]")
        words = words.replace("COMMAND [ARGS]...", "LỆNH …")
        super().write_usage(prog, words, "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help is Vietnamese."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say in Vietnamese what `--help` does."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "In trợ giúp này."
        return option


class Group(Command, click.Group):
    """A group whose help is Vietnamese."""

    command_class = Command

    def group(self, *args: Any, **kwargs: Any) -> Any:
        """Make subgroups speak Vietnamese as well."""
        kwargs.setdefault("cls", Group)
        return super().group(*args, **kwargs)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was meant."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = self.list_commands(ctx)
            mend = did_you_mean(args[0], names) or f"các lệnh: {', '.join(names)}"
            raise click.UsageError(f"không có lệnh “{args[0]}”; {mend}", ctx)
        return super().resolve_command(ctx, args)


def explain_usage(error: click.UsageError) -> str:
    """What is wrong with the command line, in Vietnamese, and where help is."""
    match error:
        case click.NoSuchOption():
            message = f"không có tùy chọn “{error.option_name}”"
            if error.possibilities:
                message += f"; có phải ý bạn là “{error.possibilities[0]}”?"
        case click.MissingParameter():
            message = f"thiếu tham số {_name(error)}"
        case click.BadParameter():
            message = f"giá trị của {_name(error)} không dùng được{_choices(error)}"
        case click.BadOptionUsage():
            message = f"tùy chọn “{error.option_name}” cần một giá trị"
        case _:
            message = _translated(error.message)
    help_of = error.ctx.command_path if error.ctx else "cchc"
    return f"Lỗi: {message}\nXem trợ giúp: {help_of} --help"


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    return (
        f"“{parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.human_readable_name}”"
        if parameter
        else ""
    )


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"; chọn một trong: {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.types.IntParamType):
        return "; cần một số nguyên"
    return f": {error.message}"


def _translated(message: str) -> str:
    if message.startswith("Got unexpected extra argument"):
        return "thừa tham số" + message.partition("argument")[2].lstrip("s")
    return "chưa nêu lệnh" if message == "Missing command." else message
