"""The site systems, one module each. A module in this folder is registered automatically; no other file names it.

A module is called after its system, with the year its era began where the system was redesigned: `heartland_2017.py`
reads the pages whose template is `heartland-2017`. The next redesign is a new module beside it with the lower ORDER.

Each module defines what `flows.parse.station.registry.System` lists:

- `ORDER`: systems are tried from the lowest up, and the first that matches reads the page; `generic` comes last.
- `matches(url, head)`: whether the system made the page, by its URL and the first 60,000 characters of its markup.
- `native_id(parsed, body)`: the system's own id of the article, None where the page has none.
- `read(document, page, zone)`: the page's facts. Start from `read_article` and refine what the system marks itself.
- `read_text(page, text, source, context)`, optional: reads a plain-text rendering of the system's pages.

The reader adds the template's id, the native id, the fingerprint and the alerts. A module that lacks one of these
names, or gives a function other parameters, fails the import with an error that names the module.
"""
