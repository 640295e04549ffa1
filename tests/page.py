"""What is wrong with a page, as far as a machine can see: `problems(client.get(…).text) == []`."""

from collections import Counter

from lxml import html


def problems(text: str) -> list[str]:
    """One h1, unique ids, labels and links that lead somewhere, no inline code, a title, a language."""
    page = html.document_fromstring(text)
    ids = Counter(page.xpath("//@id"))
    found = [] if len(page.xpath("//h1")) == 1 else [f"{len(page.xpath('//h1'))} h1"]
    found += [f"id {name} {times} times" for name, times in ids.items() if times > 1]
    found += [
        f"label for {name}, which is not there" for name in page.xpath("//label/@for") if name not in ids
    ]
    found += [
        f"{attribute} names {name}, which is not there"
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls")
        for names in page.xpath(f"//@{attribute}")
        for name in names.split()
        if name not in ids
    ]
    found += [
        f"link to #{link[1:]}"
        for link in page.xpath("//a/@href")
        if link.startswith("#") and link[1:] and link[1:] not in ids
    ]
    found += ["inline script" for script in page.xpath("//script[not(@src)]")]
    found += [f"inline style on {tag.tag}" for tag in page.xpath("//*[@style]")]
    found += [f"inline handler {name}" for name in page.xpath("//@*[starts-with(name(), 'on')]/..")]
    found += ["image without text" for image in page.xpath("//img[not(@alt)]")]
    found += ["table head without scope" for head in page.xpath("//th[not(@scope)]")]
    found += [
        f"{field.get('name')} without label"
        for field in page.xpath("//main//input | //main//select | //main//textarea")
        if not _named(page, field)
    ]
    found += [] if (page.findtext(".//title") or "").strip() else ["no title"]
    return found + ([] if page.get("lang") and page.get("dir") else ["no language or direction"])


def _named(page, field) -> bool:
    if field.get("type") in ("hidden", "submit") or field.get("aria-label") or field.get("aria-labelledby"):
        return True
    inside = any(parent.tag == "label" for parent in field.iterancestors())
    return inside or bool(field.get("id") and page.xpath("//label[@for=$id]", id=field.get("id")))
