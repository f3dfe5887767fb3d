-- Splits the headlines, summaries and stored bodies of the month that starts on the variable month_date into words, in
-- their current state; each field has a range of positions of its own, so that no phrase goes from one into the next.
-- reads: article_state, fact_article, fact_article_revision, variable month_date, word_month(), words_of()
-- writes: month_word
create or replace temp table month_word as
-- Two narrow columns say which articles: the wide ones are read of these only.
with of_month as materialized (
    select article_id
    from fact_article
    where word_month(posted_date, first_seen_date) = getvariable('month_date')
),

article as materialized (
    select article_id, title, summary, revisions
    from fact_article
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from of_month)
        and article_id <= (select coalesce(max(article_id), 0) from of_month)
        and article_id in (select article_id from of_month)
),

body as (
    select article.article_id, state.body
    from article
    join fact_article_revision as revision
        on
            revision.article_id = article.article_id and revision.revision = article.revisions
            and revision.article_id >= (select coalesce(min(article_id), 9223372036854775807) from article)
    join article_state as state
        on
            state.article_id = revision.article_id and state.state_hash = revision.state_hash
            and state.article_id >= (select coalesce(min(article_id), 9223372036854775807) from article)
    where state.body is not null
),

field as (
    select article_id, words_of(title)[:511] as words, 0 as start from article
    union all
    select article_id, words_of(summary)[:511], 512 from article
    union all
    select article_id, words_of(body)[:15359], 1024 from body
)

select unnest(words) as word, article_id << 14 | (start + generate_subscripts(words, 1)) as position, start
from field;
