"""What every table and view can do; `api` gives each of them its own types."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar, get_args

from postgrest import CountMethod
from pydantic import TypeAdapter

from oms_client._async.transport import AsyncTransport, Request, counted, read
from oms_client.conditions import one_of, tests
from oms_client.errors import OutcomeUnknownError, RefusedError
from oms_client.paging import behind, total_order
from oms_client.wire import Row, text_of

RowT = TypeVar("RowT", bound=Row)

PAGE = 500
IDS_A_REQUEST = 100  # so that the address stays short
NOT_FOUND = "OMS_NOT_FOUND"


class AsyncReadable(Generic[RowT]):
    """A table or view: what may be read of it."""

    name: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    row: type[RowT]

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._rows = TypeAdapter(list[self.row])  # type: ignore[name-defined]
        fields = self.row.model_fields.items()
        self._nullable = {name for name, one in fields if type(None) in get_args(one.annotation)}

    def _find(
        self,
        where: Mapping[str, Any],
        order: str | Sequence[str] = (),
        limit: int | None = None,
        page_size: int = PAGE,
    ) -> AsyncIterator[RowT]:
        if page_size < 1 or (limit is not None and limit < 0):
            raise ValueError(f"No page has {page_size} rows, no list {limit}.")
        return self._pages(where, total_order(order, self.key), limit, page_size)

    async def _pages(
        self,
        where: Mapping[str, Any],
        order: tuple[tuple[str, bool], ...],
        limit: int | None,
        page_size: int,
    ) -> AsyncIterator[RowT]:
        last: Mapping[str, Any] | None = None
        while limit is None or limit > 0:
            asked = page_size if limit is None else min(page_size, limit)
            query = self._transport.api.from_(self.name).select("*").limit(asked)
            for column, descends in order:
                query.order(column, desc=descends)
            _filter(query.request, where)
            if last is not None:
                for name, test in behind(order, last, self._nullable):
                    query.request.params = query.request.params.add(name, test)
            page = read(await self._transport.send(query.request))
            # Not only a short page is the last: the API may hand out fewer rows than were asked.
            if not page:
                return
            for row in self._rows.validate_python(page):
                yield row
            last = page[-1]
            if limit is not None:
                limit -= len(page)

    async def _first(self, where: Mapping[str, Any], order: str | Sequence[str]) -> RowT | None:
        async for row in self._find(where, order, limit=1):
            return row
        return None

    async def _count(self, where: Mapping[str, Any]) -> int:
        query = self._transport.api.from_(self.name).select("*", count=CountMethod.exact)
        query.limit(0)
        _filter(query.request, where)
        return counted(await self._transport.send(query.request))

    async def _get(self, *key: object) -> RowT:
        query = self._transport.api.from_(self.name).select("*")
        _filter(query.request, self._by(key))
        return self._only(read(await self._transport.send(query.request)), key)

    def _by(self, key: Sequence[object]) -> dict[str, object]:
        return dict(zip(self.key, key, strict=True))

    def _only(self, found: list[dict[str, Any]], key: Sequence[object], do: str = "see") -> RowT:
        if not found:
            asked = ", ".join(text_of(value) for value in key)
            raise RefusedError.by_code[NOT_FOUND](
                f"There is no row {asked} in {self.name} that you may {do}.",
                404,
                NOT_FOUND,
                {"table": self.name, "key": asked},
            )
        return self.row.model_validate(found[0])


class AsyncWritable(AsyncReadable[RowT]):
    """A table that some role may write."""

    async def _insert(self, new: Mapping[str, Any]) -> RowT:
        return (await self._insert_many([new]))[0]

    async def _insert_many(self, new: Iterable[Mapping[str, Any]]) -> list[RowT]:
        rows = [dict(row) for row in new]
        if not rows:
            return []
        table = self._transport.api.from_(self.name)
        query = table.insert(rows, default_to_null=False).select("*")
        try:
            made = read(await self._transport.send(query.request))
        except OutcomeUnknownError:
            if not all(row.get("id") for row in rows):
                raise
            # Rows with ids of their own can be sent again: what is there already stays.
            again = table.upsert(rows, ignore_duplicates=True, default_to_null=False)
            await self._transport.send(again.request, repeatable=True)
            return [row async for row in self._by_ids([row["id"] for row in rows])]
        return self._rows.validate_python(made)

    async def _by_ids(self, ids: Sequence[object]) -> AsyncIterator[RowT]:
        for start in range(0, len(ids), IDS_A_REQUEST):
            async for row in self._find({"id": one_of(*ids[start : start + IDS_A_REQUEST])}):
                yield row

    async def _update(self, key: Sequence[object], changes: Mapping[str, Any]) -> RowT:
        if not changes:
            return await self._get(*key)
        return self._only(await self._patch(changes, self._by(key)), key, "change")

    async def _update_where(
        self, changes: Mapping[str, Any], where: Mapping[str, Any]
    ) -> list[RowT]:
        if not where:
            raise ValueError(f"update_where would change every row of {self.name}; say which.")
        if not changes:
            return [row async for row in self._find(where)]
        return self._rows.validate_python(await self._patch(changes, where))

    async def _patch(
        self, changes: Mapping[str, Any], where: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        query = self._transport.api.from_(self.name).update(dict(changes))
        _filter(query.request, where)
        found: list[dict[str, Any]] = read(await self._transport.send(query.select("*").request))
        return found

    async def _delete(self, *key: object) -> None:
        query = self._transport.api.from_(self.name).delete()
        _filter(query.request, self._by(key))
        deleted = read(await self._transport.send(query.select("*").request))
        self._only(deleted, key, "delete")


def _filter(request: Request, where: Mapping[str, Any]) -> None:
    for column, operator, operand in tests(where):
        request.params = request.params.add(column, f"{operator}.{operand}")
