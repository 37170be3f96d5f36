"""Which single signs of a file can be turned around? One changed node of its syntax tree each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMED = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
DROPPED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break)
"""Statements whose absence is tried: calls for their effect, sums, refusals and jumps."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
PASSED_OVER = frozenset({"annotation", "returns", "decorator_list"})
MODULE = "the module"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file.

    Attributes:
        file: from the root; number: which change of it, from 0.
        where: the function, as `Class.method`, or `the module`; line: from 1.
        before, after: what is changed, as code.
    """

    file: str
    number: int
    where: str
    line: int
    before: str
    after: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What names it while the lines around it move."""
        return self.file, self.where, self.before, self.after


@dataclass(frozen=True, slots=True)
class _Change:
    """A node, where it hangs, and what is to hang there instead."""

    where: str
    parent: ast.AST
    field: str
    at: int | None
    node: ast.expr | ast.stmt
    other: ast.AST


def mutants_of(file: str, source: str) -> list[Mutant]:
    """Give every mutant of a file."""
    return [
        Mutant(file, number, one.where, one.node.lineno, _said(one.node), _said(one.other))
        for number, one in enumerate(_changes(ast.parse(source)))
    ]


def mutated(source: str, mutant: Mutant) -> str:
    """Give the file with the change of a mutant in it, without its comments."""
    tree = ast.parse(source)
    one = list(_changes(tree))[mutant.number]
    if one.at is None:
        setattr(one.parent, one.field, one.other)
    else:
        getattr(one.parent, one.field)[one.at] = one.other
    return ast.unparse(ast.fix_missing_locations(tree))


def _changes(tree: ast.Module) -> list[_Change]:
    return [
        _Change(where, parent, field, at, node, other)
        for where, holder in _holders(tree, "")
        for parent, field, at, node in _places(holder)
        for other in _others(node)
    ]


def _holders(owner: ast.Module | ast.ClassDef, inside: str) -> Iterator[tuple[str, ast.stmt]]:
    """Every function and method by its name, and the other statements of the file itself."""
    for one in owner.body:
        if isinstance(one, ast.ClassDef):
            yield from _holders(one, f"{inside}{one.name}.")
        elif isinstance(one, FUNCTIONS):
            yield f"{inside}{one.name}", one
        elif not inside:
            yield MODULE, one


def _places(parent: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.expr | ast.stmt]]:
    """Everything below a node that could be another, but for types, decorators and defaults."""
    for field, value in ast.iter_fields(parent):
        if field in PASSED_OVER or _is_assertion(parent):
            continue
        for at, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.expr | ast.stmt) and not _is_docstring(node):
                yield parent, field, at, node
            if isinstance(node, ast.AST) and not isinstance(node, ast.arguments):
                yield from _places(node)


def _is_assertion(node: ast.AST) -> bool:
    """`strict=True` of a zip: it says what holds anyway, and no test could make it not hold."""
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _said(node: ast.AST) -> str:
    """A node as code, of a statement with others in it the first line."""
    return ast.unparse(ast.fix_missing_locations(node)).partition("\n")[0]


def _others(node: ast.expr | ast.stmt) -> Iterator[ast.AST]:
    """What may stand instead of a node."""
    if isinstance(node, ast.stmt):
        yield from _other_statements(node)
    elif isinstance(node, ast.Constant):
        yield from _other_values(node.value)
    else:
        yield from _other_signs(node)


def _other_statements(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case _ if isinstance(node, DROPPED):
            yield ast.Pass()


def _other_values(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)


def _other_signs(node: ast.expr) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op, *ops], comparators=right):
            yield ast.Compare(left, [COMPARED[type(op)](), *ops], right)
            if ops:
                yield ast.Compare(left, [op, COMPARED[type(ops[0])](), *ops[1:]], right)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in COUNTED:
            yield ast.BinOp(left, COUNTED[type(op)](), right)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=more) if name in NAMED:
            called = ast.Name(NAMED[name], ast.Load())
            yield ast.Call(called, args, [] if name == "sorted" else more)
