-- level: warn
-- An article read anew that says it was posted after we saw it: by an hour where the time is known, by a day where not.
select article_id, posted_at, first_seen_at, url
from fact_article
where
    fetch_id >= first_unchecked_fetch('posted_in_future')
    and posted_at > first_seen_at
    + case
        when posted_zone_basis <> 'unknown' and posted_precision in ('instant', 'minute') then interval 1 hour
        else interval 1 day
    end;
