"""Click's own words in Vietnamese: headings of the help, and what is said about wrong usage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from pipeline.wording import visible
from pipeline.workspace.tree import did_you_mean

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Lệnh", "Positional arguments": "Tham số"}
_RANGE = re.compile(r"\[(?:(?P<least>[\d.]+)<=)?x(?:(?:<=)(?P<most>[\d.]+))?(?:>=(?P<from>[\d.]+))?\]$")
"""How click ends the help of an option that takes a number within bounds."""
_REFUSED_PATHS = {
    "does not exist.": "không tìm thấy",
    "is a directory.": "cần một tệp, không phải thư mục",
    "is a file.": "cần một thư mục, không phải tệp",
    "is not readable.": "không có quyền đọc",
    "is not writable.": "không có quyền ghi",
}
"""How click ends what it says of a path."""


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = args.replace("[OPTIONS]", "[TÙY CHỌN]").replace("[COMMAND] [ARGS]...", "[LỆNH …]")
        words = words.replace("COMMAND [ARGS]...", "LỆNH …")
        super().write_usage(prog, words, "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Bounds of numbers in words."""
        super().write_dl([(name, _RANGE.sub(_bounds, text)) for name, text in rows], col_max, col_spacing)


def _bounds(found: re.Match[str]) -> str:
    if found["from"]:
        return f"[từ {found['from']} trở lên]"
    return f"[từ {found['least']} đến {found['most']}]" if found["least"] else f"[không quá {found['most']}]"


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

    def get_short_help_str(self, limit: int = 0) -> str:
        """The first paragraph, whole: a sentence cut in the middle tells a newcomer nothing."""
        return " ".join((self.help or "").partition("\n\n")[0].split())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; an option without its value is told with this command's help, not the program's."""
        try:
            return super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx
            raise


class Group(Command, click.Group):
    """A group whose help is Vietnamese."""

    command_class = Command

    def group(self, *args: Any, **kwargs: Any) -> Any:
        """Make subgroups speak Vietnamese as well."""
        kwargs.setdefault("cls", Group)
        return super().group(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a year needs them, which is the order they were added in."""
        return list(self.commands)

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
    match kind:
        case click.Choice():
            return f"; chọn một trong: {', '.join(map(str, kind.choices))}"
        case click.IntRange() | click.FloatRange():
            number = "số nguyên" if isinstance(kind, click.IntRange) else "số"
            return f"; cần một {number} {_within(kind)}"
        case click.types.IntParamType():
            return "; cần một số nguyên"
        case click.Path():
            return f": {_refused_path(error.message)}"
    return f": {error.message}"


def _within(kind: click.IntRange | click.FloatRange) -> str:
    return f"từ {kind.min} trở lên" if kind.max is None else f"từ {kind.min} đến {kind.max}"


def _refused_path(message: str) -> str:
    """`File 'x' does not exist.` in Vietnamese."""
    _, _, rest = message.partition(" ")
    for ending, words in _REFUSED_PATHS.items():
        if rest.endswith(ending):
            return f"{words} “{visible(rest.removesuffix(ending).strip()[1:-1])}”"
    return message


def _translated(message: str) -> str:
    if message.startswith("Got unexpected extra argument"):
        return "thừa tham số" + message.partition("argument")[2].lstrip("s")
    return "chưa nêu lệnh" if message == "Missing command." else message
