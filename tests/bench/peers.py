"""Calls the peers in their own environments: one function each, HTML and URL in, fields out."""

from __future__ import annotations

from typing import Any


def trafilatura(html: str, url: str) -> dict[str, Any]:
    """The fields of trafilatura, from one call."""
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None:
        return {}
    fields = found if isinstance(found, dict) else found.as_dict()
    return {
        "title": fields.get("title"),
        "summary": fields.get("description"),
        "authors": [name.strip() for name in (fields.get("author") or "").split(";") if name.strip()],
        "published": fields.get("date"),
        "tags": _split(fields.get("tags")) or _split(fields.get("categories")),
        "body": fields.get("text") or fields.get("raw_text"),
    }


def newspaper4k(html: str, url: str) -> dict[str, Any]:
    """The fields of newspaper4k, from HTML given."""
    import newspaper

    article = newspaper.article(url, input_html=html, fetch_images=False)  # no network requests
    when = article.publish_date
    return {
        "title": article.title,
        "summary": article.meta_description,
        "authors": list(article.authors),
        "published": when.isoformat() if hasattr(when, "isoformat") else when,
        "tags": list(article.tags or ()) or _split(article.meta_keywords),
        "body": article.text,
    }


def _split(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else str(value or "").replace(";", ",").split(",")
    return [part.strip() for part in parts if part and part.strip()]
