"""How is a template filled in, also one that an owner wrote, and what may it do?

It sees text, yes or no, and lists and dicts of them, and it may show, choose and repeat them.
It calls nothing but its own macros; arithmetic that could make a giant of a word is refused
(`{{ "a" * 10 ** 9 }}`), and so are a page beyond OUTPUT_CHARS_MAX and more turns, calls and text
than `template_costs` allows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Sized
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tracker import template_costs
from tracker.languages import folders
from tracker.problems import Stop

OUTPUT_CHARS_MAX = 512 * 1024
SOURCE_CHARS_MAX = 64 * 1024

Told = str | bool | Sequence["Told"] | Mapping[str, "Told"]
"""What a template may see: text, yes or no, and lists and dicts of them. Never an object."""

# Filters of which none makes much of little: `center` and `indent` make a gigabyte of a word.
_FILTERS = "capitalize d default e escape first last length lower title trim upper".split()
_GIANT = frozenset({"*", "**", "%"})


class _Careful(ImmutableSandboxedEnvironment):
    """Templates that can name what they are told, and nothing else."""

    intercepted_binops = _GIANT | {"+"}

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - the library's own signature
        """Let a template call its own macros and the blocks above it."""
        return isinstance(obj, Macro | BlockReference | Undefined)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Refuse what could make a giant."""
        if operator in _GIANT:
            raise SecurityError(f"{operator} is not for letters")
        if isinstance(left, Sized) and isinstance(right, Sized):
            template_costs.charge(len(left) + len(right))
        return super().call_binop(context, operator, left, right)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - the library's own signature
    ) -> str:
        """Put a price on what may be repeated, in the library's own hook before compiling."""
        priced = template_costs.priced(source)
        return super()._generate(priced, name, filename, defer_init=defer_init)


class _Files(FileSystemLoader):
    """The folders of letters; a file beyond any letter's size is refused."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        if len(source) > SOURCE_CHARS_MAX:
            raise TemplateSyntaxError("the file is too long", 1, template, path)
        return source, path, fresh


def templates() -> ImmutableSandboxedEnvironment:
    """Give the templates of all letters, the owner's own first. Raises Stop `templates_missing`."""
    return _templates(folders())


@lru_cache(maxsize=8)
def _templates(where: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    made = _Careful(
        loader=_Files(where),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=template_costs.charged,
    )
    made.globals.clear()
    made.filters = template_costs.filters({name: FILTERS[name] for name in _FILTERS})
    return made


def written(name: str, told: Mapping[str, Told]) -> str:
    """Fill one template in.

    Raises Stop `template_broken`, naming file and line, when it cannot be read, names what is
    not told or does what no letter needs; Stop `template_too_long` when it does not end.
    """
    with template_costs.counted():
        return _written(templates(), name, told)


def _written(found: ImmutableSandboxedEnvironment, name: str, told: Mapping[str, Told]) -> str:
    parts: list[str] = []
    chars = 0
    try:
        for part in found.get_template(name).generate(told):
            chars += len(part)
            if chars > OUTPUT_CHARS_MAX:
                raise Stop("template_too_long", file=name, limit=OUTPUT_CHARS_MAX)
            parts.append(part)
        whole = "".join(parts)
        whole.encode()  # half a surrogate, which a template may spell out, cannot be mailed
    except TemplateSyntaxError as error:
        file = error.filename or error.name or name
        raise Stop("template_broken", file=file, line=error.lineno, why=error.message) from None
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        RecursionError,
        # What the library makes of a template may be more than Python's own compiler can take.
        SyntaxError,
        MemoryError,
        UnicodeError,
    ) as error:
        file, line = _place(error.__traceback__, name)
        raise Stop("template_broken", file=file, line=line, why=_why(error)) from None
    return whole


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _place(trace: TracebackType | None, name: str) -> tuple[str, int]:
    """Where in which template it happened: jinja2 makes its traces name the template's lines."""
    known = tuple(str(folder) for folder in folders())
    file, line = name, 1
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if path.startswith(known):
            file, line = path, trace.tb_lineno
        trace = trace.tb_next
    return file, line
