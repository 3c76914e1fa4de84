"""Which columns of a view can be null.

Postgres keeps nullability for tables only. A column of a view is taken to be null unless its
expression shows that it cannot be: a column of a table or view that is not null and not on the
far side of an outer join, a constant, or something that is null only if its operands are.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from pglast import ast, parse_sql
from pglast.enums import A_Expr_Kind, JoinType, SetOperation, SubLinkType

Columns = Mapping[str, bool]
"""Whether a column can be null, by its name."""
Scope = Mapping[str, Columns]

# Null only for null.
STRICT = {
    *("abs", "ceil", "date_trunc", "floor", "length", "lower", "round", "trim_scale"),
    *("trunc", "upper"),
}
# Of a group, which has at least one row, null only if every operand is.
OF_GROUP = {
    "array_agg",
    "avg",
    "bool_and",
    "bool_or",
    "jsonb_agg",
    "max",
    "min",
    "string_agg",
    "sum",
}
OPERATORS = {"+", "-", "*", "/", "%", "||", "=", "<>", "<", "<=", ">", ">="}
NEVER_NULL = {"count", "format", "concat", "concat_ws", "now", "unnest"}


def nullable_columns(definition: str, relations: Scope) -> Columns:
    """Infer for a view's query, given the columns of every relation that it reads."""
    (statement,) = parse_sql(definition)
    return _of_query(statement.stmt, relations, ChainMap())


def _of_query(query: Any, relations: Scope, outer: ChainMap[str, Columns]) -> Columns:
    return dict(_outputs(query, relations, outer))


def _outputs(
    query: Any, relations: Scope, outer: ChainMap[str, Columns]
) -> Sequence[tuple[str, bool]]:
    # Pairs, for the later parts of a union may name two columns alike.
    for one in query.withClause.ctes if query.withClause else ():
        relations = {**relations, one.ctename: _of_query(one.ctequery, relations, outer)}
    if query.op != SetOperation.SETOP_NONE:
        left = _outputs(query.larg, relations, outer)
        right = _outputs(query.rarg, relations, outer)
        pairs = zip(left, right, strict=True)
        return [(name, either or other) for (name, either), (_, other) in pairs]
    if query.valuesLists:
        columns = zip(*query.valuesLists, strict=True)
        return [
            (f"column{nth}", any(_can_be_null(value, outer, grouped=False) for value in values))
            for nth, values in enumerate(columns, 1)
        ]
    own: dict[str, Columns] = {}
    scope = outer.new_child(own)
    for item in query.fromClause or ():
        own.update(_of_source(item, relations, scope))
    grouped = bool(query.groupClause)
    return [
        (target.name or _name(target.val), _can_be_null(target.val, scope, grouped=grouped))
        for target in query.targetList
    ]


def _of_source(item: Any, relations: Scope, outer: ChainMap[str, Columns]) -> dict[str, Columns]:
    match type(item):
        case ast.RangeVar:
            return {item.alias.aliasname if item.alias else item.relname: relations[item.relname]}
        case ast.RangeSubselect:
            return {
                item.alias.aliasname: _renamed(item, _of_query(item.subquery, relations, outer))
            }
        case ast.RangeFunction if item.alias:
            names = [name.sval for name in item.alias.colnames or ()]
            return {item.alias.aliasname: dict.fromkeys(names, _is_unknown(item))}
        case ast.JoinExpr:
            left = _of_source(item.larg, relations, outer)
            seen = outer.new_child(dict(left))
            right = _of_source(item.rarg, relations, seen)
            if item.jointype in {JoinType.JOIN_LEFT, JoinType.JOIN_FULL}:
                right = _all_null(right)
            if item.jointype in {JoinType.JOIN_RIGHT, JoinType.JOIN_FULL}:
                left = _all_null(left)
            return left | right
    raise NotImplementedError(f"{type(item).__name__} in a view")


def _is_unknown(item: Any) -> bool:
    name = getattr(item.functions[0][0], "funcname", None)
    return name is None or name[-1].sval != "unnest"


def _renamed(item: Any, columns: Columns) -> Columns:
    names = [name.sval for name in item.alias.colnames or ()]
    return dict(zip(names, columns.values(), strict=True)) if names else columns


def _all_null(sources: dict[str, Columns]) -> dict[str, Columns]:
    return {alias: dict.fromkeys(columns, True) for alias, columns in sources.items()}


def _can_be_null(  # noqa: PLR0911 - one for each kind of expression
    value: Any, scope: Scope, *, grouped: bool
) -> bool:
    def any_null(operands: Iterable[Any]) -> bool:
        return any(_can_be_null(one, scope, grouped=grouped) for one in operands)

    def all_null(operands: Iterable[Any]) -> bool:
        return all(_can_be_null(one, scope, grouped=grouped) for one in operands)

    match type(value):
        case ast.ColumnRef:
            return _of_column([part.sval for part in value.fields], scope)
        case ast.A_Const:
            return bool(value.isnull)
        case ast.TypeCast:
            return any_null([value.arg])
        case ast.CoalesceExpr | ast.MinMaxExpr:
            return all_null(value.args)
        case ast.CaseExpr:
            results = [when.result for when in value.args]
            return value.defresult is None or any_null([*results, value.defresult])
        case ast.BoolExpr:
            return any_null(value.args)
        case ast.A_Expr if value.kind == A_Expr_Kind.AEXPR_OP and value.name[0].sval in OPERATORS:
            return any_null(one for one in (value.lexpr, value.rexpr) if one is not None)
        case ast.NullTest | ast.A_ArrayExpr | ast.SQLValueFunction:
            return False
        case ast.SubLink:
            return value.subLinkType not in {SubLinkType.EXISTS_SUBLINK, SubLinkType.ARRAY_SUBLINK}
        case ast.FuncCall:
            name, operands = value.funcname[-1].sval, value.args or ()
            if name in NEVER_NULL:
                return False
            of_group = name in OF_GROUP and grouped and value.agg_filter is None
            return any_null(operands) if of_group or name in STRICT else True
    return True


def _of_column(path: Sequence[str], scope: Scope) -> bool:
    *alias, name = path
    if alias:
        return scope[alias[-1]].get(name, True)
    holders = [columns[name] for columns in scope.values() if name in columns]
    return reduce(lambda either, other: either or other, holders, not holders)


def _name(value: Any) -> str:
    if type(value) is ast.TypeCast:
        return _name(value.arg)
    return str(value.fields[-1].sval) if hasattr(value, "fields") else "?column?"
