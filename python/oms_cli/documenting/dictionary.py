"""The data dictionary: every table, view, type, command and status of the API."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise

from oms_cli.documenting.catalogue import (
    Catalogue,
    Command,
    ForeignKey,
    Policy,
    Relation,
    Result,
    Transition,
    Type,
)
from oms_cli.documenting.markdown import code, mermaid, paragraphs, roles, table

OWN_ORGANIZATION = "organization_id = private.organization_id()"
MANY_STEPS = 30


def dictionary(catalogue: Catalogue, domain_of: Mapping[str, str]) -> str:
    """Write the dictionary, domain by domain; `domain_of` says where each object is declared."""
    domains = list(dict.fromkeys(domain_of.values()))
    return paragraphs(
        [
            table(
                ("domain", "tables", "views", "commands"),
                (
                    [f"[{one}](#{one}-domain)", *_contents(catalogue, domain_of, one)]
                    for one in domains
                ),
            ),
            *(_domain(catalogue, domain_of, one) for one in domains),
            "## Statuses",
            "What a status may become, and by whose hand; `system` is a trigger that draws a "
            "consequence. [`status_transitions`](#status_transitions) has the same for programs.",
            *(
                _machine(machine, list(steps))
                for machine, steps in groupby(catalogue.transitions, lambda step: step.machine)
            ),
        ]
    )


def _contents(catalogue: Catalogue, domain_of: Mapping[str, str], domain: str) -> list[str]:
    relations = [one for one in catalogue.relations if domain_of[one.name] == domain]
    commands = [
        one.name
        for one in catalogue.commands
        if domain_of[one.name] == domain and not one.computes_field_of
    ]
    return [
        _links(one.name for one in relations if not one.is_view),
        _links(one.name for one in relations if one.is_view),
        _links(commands),
    ]


def _links(names: Iterable[str]) -> str:
    return ", ".join(f"[{name}](#{name})" for name in names)


def _domain(catalogue: Catalogue, domain_of: Mapping[str, str], domain: str) -> str:
    relations = [one for one in catalogue.relations if domain_of[one.name] == domain]
    results = [one for one in catalogue.results if domain_of[one.name] == domain]
    return paragraphs(
        [
            f"## {domain.capitalize()} domain",
            _picture(catalogue, {one.name for one in relations}),
            *(_relation(catalogue, one) for one in sorted(relations, key=_tables_first)),
            *(_command(one) for one in catalogue.commands if domain_of[one.name] == domain),
            *(_result(catalogue, one) for one in results),
            _types([one for one in catalogue.types if domain_of[one.name] == domain], domain),
        ]
    )


def _tables_first(relation: Relation) -> tuple[bool, str]:
    return relation.is_view, relation.name


def _picture(catalogue: Catalogue, inside: set[str]) -> str:
    """Draw the foreign keys of a domain's tables.

    Every table refers to its organization; outside of the organization's own domain that says
    nothing.
    """
    lines = [
        f'  {key.parent} {_parent_end(key)}--{_child_end(key)} {key.child} : "{key.rule}"'
        for key in catalogue.foreign_keys
        if key.child in inside and (key.parent != "organizations" or "organizations" in inside)
    ]
    return mermaid("erDiagram", *lines) if lines else ""


def _parent_end(key: ForeignKey) -> str:
    return "|o" if key.optional else "||"


def _child_end(key: ForeignKey) -> str:
    return "o|" if key.unique else "o{"


def _relation(catalogue: Catalogue, relation: Relation) -> str:
    return paragraphs(
        [
            f"### {relation.name}",
            relation.comment,
            f"Read by {roles(relation.readers)}." if relation.readers else "",
            _columns(catalogue, relation),
            table(
                ("rows for", "may", "which"),
                (
                    [roles(policy.roles), policy.command, _which(policy)]
                    for policy in catalogue.policies
                    if policy.relation == relation.name
                ),
            ),
            table(
                ("constraint", ""),
                (
                    [code(constraint.name), code(constraint.definition)]
                    for constraint in catalogue.constraints
                    if constraint.relation == relation.name
                ),
            ),
        ]
    )


def _columns(catalogue: Catalogue, relation: Relation) -> str:
    columns = [one for one in catalogue.columns if one.relation == relation.name]
    fields = [one for one in catalogue.commands if one.computes_field_of == relation.name]
    computed = [(code(f"{one.name}"), code(one.result), one.comment) for one in fields]
    if relation.is_view:
        rows = [(code(one.name), code(one.type), one.comment) for one in columns]
        return table(("column", "type", ""), rows + computed)
    return table(
        ("column", "type", "null", "default", "insert", "update", ""),
        [
            (
                code(one.name),
                code(one.type),
                "null" if one.nullable else "",
                code(one.default or ""),
                roles(one.inserters),
                roles(one.updaters),
                one.comment,
            )
            for one in columns
        ]
        + [(name, kind, "", "computed", "", "", comment) for name, kind, comment in computed],
    )


def _which(policy: Policy) -> str:
    """Say which rows; the check of a write only where it is not the condition of its reading."""
    using = readable(policy.using) if policy.using else None
    check = readable(policy.check) if policy.check else None
    if using is None or check is None or using == check:
        return using or check or ""
    return f"{using}; afterwards {check}"


def readable(condition: str) -> str:
    """Put a policy's condition as its author would, without what every policy says."""
    plain = re.sub(r"\( SELECT (private\.\w+\(\)) AS \w+\)", r"\1", " ".join(condition.split()))
    terms = [term for term in conjuncts(plain) if term != "private.counts_exactly()"]
    if terms == [OWN_ORGANIZATION]:
        return "of the organization"
    if OWN_ORGANIZATION in terms:
        terms.remove(OWN_ORGANIZATION)
        return f"of the organization, {code(' and '.join(terms))}"
    return code(" and ".join(terms))


def conjuncts(condition: str) -> list[str]:
    """Take a condition apart at its outermost ANDs.

    >>> conjuncts("((a = 1) AND (b = ANY (c)))")
    ['a = 1', 'b = ANY (c)']
    """
    inner = _without_parentheses(condition)
    terms = [""]
    for piece in re.split(r"( AND )", inner):
        if piece == " AND " and terms[-1].count("(") == terms[-1].count(")"):
            terms.append("")
        else:
            terms[-1] += piece
    return [_without_parentheses(term) for term in terms]


def _without_parentheses(text: str) -> str:
    """Take off a pair of parentheses that embraces the whole."""
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for place, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0 and place < len(text) - 1:
            return text
    return text[1:-1]


def _command(command: Command) -> str:
    if command.computes_field_of:
        return ""
    arguments = re.sub(r" DEFAULT NULL::[\w. ]+?(?=,|$)", " = null", command.arguments)
    arguments = re.sub(r" DEFAULT ('[^']*'|[^,:]+)(::[\w\[\]]+)?", r" = \1", arguments)
    return paragraphs(
        [
            f"### {command.name}",
            code(f"{command.name}({arguments}) → {command.result.replace('SETOF', 'setof')}"),
            command.comment,
            f"Called by {roles(command.callers)}." if command.callers else "",
        ]
    )


def _result(catalogue: Catalogue, result: Result) -> str:
    returning = re.compile(rf"\b{result.name}$")
    commands = [one.name for one in catalogue.commands if returning.search(one.result)]
    columns = [one for one in catalogue.columns if one.relation == result.name]
    rows = [(code(one.name), code(one.type), one.comment) for one in columns]
    return paragraphs(
        [
            f"### {result.name}",
            result.comment,
            f"Returned by {_links(commands)}." if commands else "",
            table(("column", "type", ""), rows),
        ]
    )


def _types(types: list[Type], domain: str) -> str:
    rows = [
        (
            code(one.name),
            ", ".join(code(label) for label in one.values.split(", "))
            if one.is_enum
            else code(one.values),
            one.comment,
        )
        for one in types
    ]
    return (
        paragraphs([f"### Types of {domain}", table(("type", "values", ""), rows)]) if rows else ""
    )


def _machine(machine: str, steps: list[Transition]) -> str:
    born = [step for step in steps if step.from_status is None]
    drawn = steps if len(steps) < MANY_STEPS else _chain(steps)
    return paragraphs(
        [
            f"### Status of {machine}",
            mermaid(
                "stateDiagram-v2",
                *(
                    f"  {step.from_status or '[*]'} --> {step.to_status} : {roles(step.roles)}"
                    for step in [*born, *(step for step in drawn if step.from_status)]
                ),
            ),
            table(
                ("steps", "by", ""),
                [
                    (_arrows(alike), roles(by), note or "")
                    for (by, note), alike in _alike(steps).items()
                ],
            ),
        ]
    )


def _chain(steps: list[Transition]) -> list[Transition]:
    """Keep of a machine in which everything can become everything the steps to the neighbour."""
    order = list(dict.fromkeys(step.from_status for step in steps if step.from_status))
    neighbours = dict(pairwise(order))
    return [step for step in steps if neighbours.get(step.from_status or "") == step.to_status]


def _alike(steps: list[Transition]) -> dict[tuple[tuple[str, ...], str | None], list[Transition]]:
    grouped: dict[tuple[tuple[str, ...], str | None], list[Transition]] = {}
    for step in steps:
        grouped.setdefault((tuple(step.roles), step.note), []).append(step)
    return grouped


def _arrows(steps: list[Transition]) -> str:
    return "; ".join(
        f"{start or 'new'} → {', '.join(step.to_status for step in some)}"
        for start, some in groupby(steps, lambda step: step.from_status)
    )
