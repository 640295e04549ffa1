"""Documents drawn apart and put together."""

from io import BytesIO

import pikepdf

from expo import printing


def paper(text: str) -> str:
    """Two pages with a heading each."""
    return (
        f'<html lang="en"><title>{text}</title><h1>{text}</h1>'
        f'<h2 style="break-before: page">On {text}</h2><a href="https://example.org/">more</a></html>'
    )


def owners(document: pikepdf.Pdf) -> dict[int, set[int]]:
    """Number of a page → numbers of the pages that its tags say they are on."""
    place = {page.objgen: number for number, page in enumerate(document.pages)}
    listed = list(document.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(number): tags for number, tags in zip(listed[::2], listed[1::2], strict=True)}
    return {
        place[page.objgen]: {place[tag.Pg.objgen] for tag in parents[int(page.StructParents)] if "/Pg" in tag}
        for page in document.pages
    }


def test_documents_put_together_keep_their_pages_and_every_tag_its_page():
    parts = [printing.pdf(paper(name)) for name in ("tea", "honey", "silk")]
    with pikepdf.open(BytesIO(printing.joined(parts))) as whole:
        assert owners(whole) == {number: {number} for number in range(6)}
        assert [int(page.StructParents) for page in whole.pages] == sorted(
            {int(page.StructParents) for page in whole.pages}
        )
        assert len(whole.Root.StructTreeRoot.K) == 3
        assert whole.Root.MarkInfo.Marked == True  # noqa: E712 - a PDF's own kind of truth
        assert str(whole.docinfo.Title) == "tea"


def test_without_tags_in_one_there_are_none_in_all():
    parts = [printing.pdf(paper("tea")), printing.pdf(paper("honey"), accessible=False)]
    with pikepdf.open(BytesIO(printing.joined(parts))) as whole:
        assert (len(whole.pages), "/StructTreeRoot" in whole.Root) == (4, False)
