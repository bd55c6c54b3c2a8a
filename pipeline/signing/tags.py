"""Signature fields in the structure tree of a tagged PDF, so that a reader with assistive software meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import IndirectObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

_DEEPEST = 50


def tag_field(writer: IncrementalPdfFileWriter, field: IndirectObject, page: int, title: str) -> None:
    """Add a form element for a field after all that is tagged on its page; nothing in a PDF without tags."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, TextStringObject, pdf_name

    tree = _entry(writer.root, "/StructTreeRoot")
    if tree is None or "/ParentTree" not in tree:
        return
    page_ref = writer.find_page_for_modification(page)[0]
    parent, parent_ref, children = _parent(writer, tree)
    element = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): parent_ref,
            pdf_name("/Pg"): page_ref,
            pdf_name("/Alt"): TextStringObject(title),
            pdf_name("/K"): DictionaryObject(
                {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): field, pdf_name("/Pg"): page_ref}
            ),
        }
    )
    element_ref = writer.add_object(element)
    place = _place(writer, children, page)
    parent[pdf_name("/K")] = ArrayObject([*children[:place], element_ref, *children[place:]])
    writer.update_container(parent)
    number = _next_number(tree)
    field.get_object()[pdf_name("/StructParent")] = NumberObject(number)
    writer.mark_update(field)
    _enter(writer, tree["/ParentTree"], number, element_ref)
    tree[pdf_name("/ParentTreeNextKey")] = NumberObject(number + 1)
    writer.update_container(tree)


def _parent(writer: IncrementalPdfFileWriter, tree: Any) -> tuple[Any, IndirectObject, list[Any]]:
    """The element that holds the document's parts: the only child of the root, or the root itself."""
    from pyhanko.pdf_utils.generic import ArrayObject, IndirectObject

    def raw_children(node: Any) -> list[Any]:
        kids = node.raw_get("/K") if "/K" in node else ArrayObject()
        kids = kids.get_object() if isinstance(kids, IndirectObject) and _is_array(kids) else kids
        return list(kids) if isinstance(kids, ArrayObject) else [kids]

    children = raw_children(tree)
    if len(children) == 1 and isinstance(children[0], IndirectObject):
        return children[0].get_object(), children[0], raw_children(children[0].get_object())
    return tree, writer.root.raw_get("/StructTreeRoot"), children


def _is_array(reference: IndirectObject) -> bool:
    from pyhanko.pdf_utils.generic import ArrayObject

    return isinstance(reference.get_object(), ArrayObject)


def _place(writer: IncrementalPdfFileWriter, children: list[Any], page: int) -> int:
    """After the last part that begins on the page or before it; most papers end soon after their signature."""
    pages = _pages(writer)
    for index in range(len(children) - 1, -1, -1):
        begins = _first_page(children[index], pages, 0)
        if begins is not None and begins <= page:
            return index + 1
    return 0


def _pages(writer: IncrementalPdfFileWriter) -> dict[int, int]:
    """The page number of each page object."""
    count = int(writer.root["/Pages"]["/Count"])
    return {writer.find_page_for_modification(number)[0].idnum: number for number in range(count)}


def _first_page(node: Any, pages: dict[int, int], depth: int) -> int | None:
    """The page on which a part begins, if it tells."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject

    item = node.get_object() if isinstance(node, IndirectObject) else node
    if not isinstance(item, DictionaryObject) or depth > _DEEPEST:
        return None
    own = item.raw_get("/Pg") if "/Pg" in item else None
    if isinstance(own, IndirectObject):
        return pages.get(own.idnum)
    kids = _entry(item, "/K")
    first = kids[0] if isinstance(kids, ArrayObject) and kids else kids
    return _first_page(first, pages, depth + 1)


def _next_number(tree: Any) -> int:
    """The first number that the parent tree has not given away."""
    if "/ParentTreeNextKey" in tree:
        return int(tree["/ParentTreeNextKey"])
    node = tree["/ParentTree"]
    for _ in range(_DEEPEST):
        if "/Kids" not in node:
            break
        node = node["/Kids"][-1]
    numbers = _entry(node, "/Nums")
    return int(numbers[-2]) + 1 if numbers else 0


def _enter(writer: IncrementalPdfFileWriter, parents: Any, number: int, element: IndirectObject) -> None:
    """Let the parent tree lead from the field to its element."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, pdf_name

    entry = [NumberObject(number), element]
    if "/Kids" in parents:
        limits = ArrayObject([NumberObject(number), NumberObject(number)])
        leaf = DictionaryObject({pdf_name("/Limits"): limits, pdf_name("/Nums"): ArrayObject(entry)})
        parents["/Kids"].append(writer.add_object(leaf))
        writer.update_container(parents["/Kids"])
        return
    numbers = _entry(parents, "/Nums") or ArrayObject()
    parents[pdf_name("/Nums")] = ArrayObject([*_raw(numbers), *entry])
    writer.update_container(parents)


def _entry(node: Any, key: str) -> Any:
    """What an entry of a dictionary leads to; `get` would not follow a reference."""
    return node[key] if key in node else None  # noqa: SIM401


def _raw(array: Any) -> list[Any]:
    """The items of an array as they stand there, references not followed."""
    return [array.raw_get(index) for index in range(len(array))]
