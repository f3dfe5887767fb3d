-- Finds new articles posted after they were first seen: by more than an hour where the posting time is known, by more
-- than a day where it is not.
-- level: warn
-- reads: fact_article, first_unchecked_fetch()
select article_id, posted_at, first_seen_at, url
from fact_article
where
    fetch_id >= first_unchecked_fetch('posted_in_future')
    and posted_at > first_seen_at
    + case
        when posted_zone_basis <> 'unknown' and posted_precision in ('instant', 'minute') then interval 1 hour
        else interval 1 day
    end;
