"""How much may one letter's template do? Turns, calls and text are counted, so that it ends.

A sandbox lets a template repeat nothing a million times, or double a text forty times: neither
writes much, so its length alone does not stop it. Each turn of a loop, each call of a macro and
each text that is made is charged here before it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, cast

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, markup_join, str_join

COSTS_MAX = 4 * 2**20
"""Characters made in all, eight letters of the greatest length; a turn costs at least TURN."""
TURN = 32
_TURNS = "charged_turn"
_JOINED = "charged_join"
_ENTERED = "charged"
_REPEATED = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)

_spent: ContextVar[list[int]] = ContextVar("_spent")


@contextmanager
def counted() -> Iterator[None]:
    """Count what one template does from here on."""
    token = _spent.set([0])
    try:
        yield
    finally:
        _spent.reset(token)


def charge(amount: int) -> None:
    """Add to what was done so far. Raises SecurityError when it is more than any letter needs."""
    spent = _spent.get(None)
    if spent is None:
        return
    spent[0] += amount
    if spent[0] > COSTS_MAX:
        raise SecurityError("it goes on and on, or makes a giant of a text")


def charged(value: Any) -> Any:  # noqa: ANN401 - whatever a template is told or made
    """Charge a text or a list that was made, and give it back."""
    if isinstance(value, Sized):
        charge(len(value))
    return value


def filters(known: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Make filters charge what they make, and add those that `priced` puts into templates."""

    def one(given: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(given)  # which also copies the library's mark of what it wants to be given
        def result(*args: Any, **named: Any) -> Any:  # noqa: ANN401
            return charged(given(*args, **named))

        return result

    found = {name: one(given) for name, given in known.items()}
    return found | {_TURNS: _turn, _JOINED: _join, _ENTERED: charged, "join": _join_list}


@pass_context
def _turn(_context: Context, text: str, cost: int) -> str:
    charge(cost)
    return text


@pass_context
def _join(context: Context, *parts: Any) -> str:  # noqa: ANN401
    """Put texts together, as `~` does; charged before they are."""
    charge(sum(len(str(part)) for part in parts))
    return markup_join(parts) if context.eval_ctx.autoescape else str_join(parts)


@pass_context
def _join_list(context: Context, value: Iterable[Any], d: str = "") -> str:
    """The filter `join`, of texts and of nothing else."""
    parts: list[Any] = []
    for number, part in enumerate(value):
        charge(len(str(part)) + len(d) + 1)
        parts += [d, part] if number else [part]
    return markup_join(parts) if context.eval_ctx.autoescape else str_join(parts)


def priced(tree: nodes.Template) -> nodes.Template:
    """Put a charge into everything of a template that may happen more than once."""
    for one in list(tree.find_all(_REPEATED)):
        cost = TURN + sum(len(text.data) for text in one.find_all(nodes.TemplateData))
        line = one.lineno
        turn = _filter(_TURNS, [nodes.Const("", lineno=line), nodes.Const(cost, lineno=line)])
        cast(Any, one).body.insert(0, nodes.Output([turn], lineno=line))
        if isinstance(one, nodes.For):  # also what its `if` leaves out is looked at
            one.iter = _filter(_ENTERED, [cast(nodes.Expr, one.iter)])
    return cast(nodes.Template, _Concats(tree).done())


def _filter(name: str, args: list[nodes.Expr]) -> nodes.Filter:
    first, *others = args
    return nodes.Filter(first, name, others, [], None, None, lineno=first.lineno)


class _Concats:
    """Every `a ~ b` of a tree becomes a filter that charges it."""

    def __init__(self, tree: nodes.Node) -> None:
        self._tree = tree

    def done(self) -> nodes.Node:
        from jinja2.visitor import NodeTransformer

        class Changed(NodeTransformer):
            def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
                found = cast(nodes.Concat, self.generic_visit(node))
                return _filter(_JOINED, found.nodes)

        return cast(nodes.Node, Changed().visit(self._tree))
