-- A URL without scheme and `www.`: what articles are identified by, so that a site that moves to https stays the same.
-- writes: bare_url()
create or replace macro bare_url(url) as regexp_replace(url, '^https?://(www\.)?', '');
