"""Does what stands in the ledger tabs say what it must? Lines edited, missing, doubled or alien."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from tracker.drafting import told_by
from tracker.known import Known, SealedStatement, latest_revisions
from tracker.lines import CommissionLine, Key, WrittenLine
from tracker.money import decimal_text
from tracker.periods import end_of
from tracker.problems import Problem, params
from tracker.statements import digest_of

PUT_BACK_CHARS_MAX = 5_000
"""What is longer is not repeated in Problems. Only an order's reason ever is, and it stands in the
Journal as well; a value cut short could be put back, and would never be right."""


def commission_values(line: CommissionLine) -> dict[str, str]:
    """What every cell of a line must hold, as text."""
    base = "" if line.base is None else decimal_text(line.base, line.currency)
    return {
        "booked_at": line.booked_at.isoformat(),
        "partner_id": line.partner_id,
        "kind": line.kind,
        "amount": decimal_text(line.minor, line.currency),
        "currency": line.currency,
        "source": line.source,
        "order_id": line.order_id,
        "rate": line.rate,
        "base": base,
        "payable_on": "" if line.payable_on is None else line.payable_on.isoformat(),
        "because": line.because,
        "role": line.role,
        "n": str(line.n),
        "before": decimal_text(line.before, line.currency),
        "after": decimal_text(line.after, line.currency),
        "fact": line.fact,
        "line_id": line.line_id,
    }


def ledger_problems(
    known: Known,
    aside: Mapping[Key, tuple[str, str]],
    lines: Iterable[CommissionLine],
    standing: Sequence[CommissionLine],
) -> list[Problem]:
    """Name what was changed by hand, and the value to put back.

    `aside` are the orders that stay set aside when this plan is written.
    """
    expected = {line.line_id: line for line in lines}
    kept = {(line.key, line.line_id) for line in standing}
    found = _aside_problems(known, aside, standing)
    for row in known.written:
        right = expected.get(row.line_id)
        if right is not None:
            found += _changed(row, right)
        elif row.line is None or (row.line.key, row.line_id) not in kept:
            found.append(_alien(row))
    return found + doubled_problems(known)


def doubled_problems(known: Known) -> list[Problem]:
    """Name each line that was copied: it counts once, but people and their sums count it twice.

    A Journal row that no longer fits its id is no copy: it is named as changed.
    """
    found: list[Problem] = []
    if _any_twice([fact.line_id for fact in known.facts]):
        facts = ((fact.line_id, fact.cell) for fact in known.facts if fact.whole)
        found += _twice("Journal", facts)
    if _any_twice([row.line_id for row in known.written]):
        rows = ((row.line_id, row.cells.get("line_id", "")) for row in known.written)
        found += _twice("Commissions", rows)
    return found


def _any_twice(ids: Sequence[str]) -> bool:
    """Whether it is worth a closer look: nearly always no id stands twice."""
    return len(set(ids)) < len(ids)


def _twice(tab: str, rows: Iterable[tuple[str, str]]) -> list[Problem]:
    """A problem for each id of `rows` (id, cell) that stands in several."""
    cells: dict[str, list[str]] = {}
    for line_id, cell in rows:
        cells.setdefault(line_id, []).append(cell)
    return [
        Problem(
            tab=tab,
            cell=first,
            code="line_twice",
            params=params(line=line_id, others=", ".join(others)),
            key=line_id,
        )
        for line_id, (first, *others) in cells.items()
        if line_id and others
    ]


def _aside_problems(
    known: Known, aside: Mapping[Key, tuple[str, str]], standing: Sequence[CommissionLine]
) -> list[Problem]:
    found: list[Problem] = []
    named = _partners_of(aside, known, standing)
    for key, (why, cell) in aside.items():
        about = "/".join(key)
        said = params(about=about)
        found += [
            Problem(tab="Journal", cell=cell, code=why, params=said, key=about, partner_id=who)
            for who in sorted(named[key] or {""})
        ]
    return found


def _partners_of(
    aside: Collection[Key], known: Known, standing: Sequence[CommissionLine]
) -> dict[Key, set[str]]:
    """Whose letters and payouts wait: whoever an order's rows name, those changed by hand too."""
    named: dict[Key, set[str]] = {key: set() for key in aside}
    for step in standing:
        named[step.key].add(step.partner_id)
    for fact in known.facts if named else ():
        if fact.key in named:
            owed = () if fact.line is None else fact.line.owed
            named[fact.key] |= {fact.named, *(one.partner_id for one in owed)}
    for row in known.written if named else ():
        key = (row.values.get("source", ""), row.values.get("order_id", ""))
        if key in named:
            named[key].add(row.values.get("partner_id", ""))
    return {key: found - {""} for key, found in named.items()}


def _changed(row: WrittenLine, right: CommissionLine) -> list[Problem]:
    if row.line == right and _said_alike(row.values, right):
        return []  # nearly every row, and to write out what each of its cells must say costs time
    found: list[Problem] = []
    for column, value in commission_values(right).items():
        if column in row.values and row.values[column] != value:
            whole = len(value) <= PUT_BACK_CHARS_MAX
            found.append(
                Problem(
                    tab="Commissions",
                    cell=row.cells.get(column, ""),
                    code="commission_changed" if whole else "commission_changed_long",
                    params=params(
                        column=column,
                        line=row.line_id,
                        **({"value": value} if whole else {"fact": right.fact}),
                    ),
                    key=row.line_id,
                    partner_id=right.partner_id,
                )
            )
    return found


def _said_alike(values: Mapping[str, str], right: CommissionLine) -> bool:
    """Whether the cells say what a line that is read alike may have said in other letters."""
    return (
        values.get("amount") == decimal_text(right.minor, right.currency)
        and values.get("booked_at") == right.booked_at.isoformat()
        and values.get("n") == str(right.n)
    )


def _alien(row: WrittenLine) -> Problem:
    cell = row.cells.get("line_id", "")
    said = params(line=row.line_id or "-")
    return Problem(
        tab="Commissions", cell=cell, code="commission_not_ours", params=said, key=row.line_id
    )


def statement_problems(known: Known, lines: Sequence[CommissionLine]) -> list[Problem]:
    """Sealed statements that the ledger no longer reproduces (I13): told, and never changed.

    A revision that a later one has replaced is not asked again: the later one says what changed.
    """
    rows = latest_revisions(known.statements)
    digests = _digests(known, rows, lines)
    found: list[Problem] = []
    for sealed in rows:  # every row: also one that a later fate repeats
        account = (sealed.partner_id, sealed.currency, sealed.month)
        if sealed.held or digests[account] == sealed.digest:
            continue
        said = params(partner=sealed.partner_id, month=sealed.month)
        found.append(
            Problem(
                tab="Statements",
                cell="",
                code="statement_changed",
                params=said,
                key=sealed.statement_id,
                partner_id=sealed.partner_id,
            )
        )
    return found + _letters_without_end(known)


def _letters_without_end(known: Known) -> list[Problem]:
    """Letters that may have arrived or not, and those that are sealed and have not left."""
    states: dict[tuple[str, str], set[str]] = {}
    for one in latest_revisions(known.statements):
        states.setdefault((one.partner_id, one.month), set()).add(one.state)
    return [
        Problem(
            tab="Statements",
            cell="",
            code="letter_unknown" if "unknown" in found else "letter_waiting",
            params=params(partner=partner_id, month=month),
            key=partner_id,
        )
        for (partner_id, month), found in sorted(states.items())
        if "sent" not in found
    ]


def _digests(
    known: Known, rows: Iterable[SealedStatement], lines: Iterable[CommissionLine]
) -> dict[tuple[str, str, str], str]:
    """What every sealed account must say, by partner, currency and month: each worked out once."""
    accounts = {(s.partner_id, s.currency, s.month): s for s in rows}
    sealed: dict[str, list[SealedStatement]] = {}
    for one in accounts.values():
        sealed.setdefault(one.partner_id, []).append(one)
    own: dict[tuple[str, str], list[CommissionLine]] = {}
    for line in lines:
        own.setdefault((line.partner_id, line.currency), []).append(line)
    found: dict[tuple[str, str, str], str] = {}
    for partner_id, currency, month in accounts:
        before = [one for one in sealed[partner_id] if one.month < month]
        told, end = told_by(before, currency, known.programme), end_of(month, known.programme)
        found[partner_id, currency, month] = digest_of(
            (line.line_id, line.minor)
            for line in own.get((partner_id, currency), ())
            if line.booked_at < end and not told.holds(line)
        )
    return found
