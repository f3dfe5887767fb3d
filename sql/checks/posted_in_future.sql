-- level: warn
-- An article posted more than a day after it was first seen.
select article_id, posted_at, first_seen_at from fact_article where posted_at > first_seen_at + interval 1 day;
