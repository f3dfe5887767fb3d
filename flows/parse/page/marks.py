"""Says what class and id of an element tell about its text: boilerplate, layout, or perhaps the story."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from flows.parse.page.boilerplate import names_of
from flows.parse.page.outline import Attributes

# Words in class or id that mark boilerplate: wherever they stand,
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|adv|advert\w*|anzeige|promo\w*|sponsor\w*|outbrain|taboola|"
    r"more-?(?:on|from|stories|articles)|read-?(?:more|also|next)|also-?read|see-?also|"
    r"signup|sign-up|onetrust|qc-cmp\w*|sp_message|didomi|usercentrics|modal|"
    r"sharing|sharedaddy|jp-relatedposts|addtoany\w*|comment\w*|disqus\w*|kommentar\w*|"
    r"caption\w*|credit\w*|copyright\w*|byline\w*|author\w*|autor\w*|"
    r"breadcrumb\w*|pager|pagination|toolbar|footer|tags?|taglist|tag-list|gallery\w*|slideshow\w*|slider\w*|"
    r"lightbox|rating\w*|sr-only|screen-reader-text|visually-?hidden|"
    r"video-?(?:player|js|caption)\w*|player|disclaimer|timestamp|dateline|pubdate)"
    r"(?=$|[\s_-])|outbrain|taboola|(?<![a-z])Caption|Breadcrumb|ShareB|SocialShare",
)
# around anything but running text, because page builders use these names for their layout too (every element of
# Elementor is a widget: only some kinds of them count),
_LAYOUT = re.compile(
    r"(?:^|[\s_-])(?:banner|nav|navigation|navbar|menu|toc|sidebar|(?<!elementor-)widget\w*|topics?|keywords?|carousel\w*|"
    r"(?:main-?)?image|images|photo|photos|picture|(?:post-)?(?:prev|next|previous)(?:-?(?:post|next|prev))?|hidden|"
    r"elementor-widget-(?:posts|post-info|post-navigation|author-box|loop-\w+)|"
    r"embed\w*|meta|metadata|postmeta|entry-meta)(?=$|[\s_-])"
)
# and around anything but a paragraph of running text or sections of it without links: a story can be about them.
_SUBJECTS = re.compile(
    r"(?:^|[\s_-])(?:related\w*|recommend\w*|teaser\w*|most-?(?:read|popular|viewed)|subscri\w*|cookie\w*|consent\w*|gdpr|"
    r"popup|overlay|share\w*|social\w*|follow\w*|trending|popular|poll|quiz|donat\w*)(?=$|[\s_-])|"
    r"relatedArt|newsletter|Related|Newsletter"
)


class Mark(Enum):
    """What class and id say of an element, see `_BOILERPLATE`, `_LAYOUT` and `_SUBJECTS`."""

    NONE = "none"
    LAYOUT = "layout"
    SUBJECT = "subject"
    BOILERPLATE = "boilerplate"


def mark_of(attributes: Attributes) -> Mark:
    """The mark of an element with these attributes."""
    names = names_of(attributes)
    return _mark_of_names(names) if len(names) > 1 else Mark.NONE


@lru_cache(maxsize=8192)
def _mark_of_names(names: str) -> Mark:
    if _BOILERPLATE.search(names):
        return Mark.BOILERPLATE
    if _SUBJECTS.search(names):
        return Mark.SUBJECT
    return Mark.LAYOUT if _LAYOUT.search(names) else Mark.NONE
