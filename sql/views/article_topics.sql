-- One row per article, topic and way to it: the publisher's tags, tags carried from other copies of the story to an
-- article without any, and rules of config found in headline, summary and body (the body only where it is stored).
-- reads: article_state, article_tags, dim_source, dim_tag, fact_article, fact_article_revision, fact_article_tag,
--     fact_story, topic_rule
-- writes: article_topics
create or replace view article_topics as
with carried as (
    select own.article_id, tags.tag_id, bool_and(tags.is_parent) as is_parent, count(*) as copies
    from fact_story as own
    join fact_story as other on other.story_id = own.story_id and other.article_id <> own.article_id
    join article_tags as tags on tags.article_id = other.article_id
    anti join fact_article_tag as tagged on tagged.article_id = own.article_id
    where own.method <> 'alone'
    group by own.article_id, tags.tag_id
),

texts as (
    select
        article.article_id, coalesce(article.posted_date, article.first_seen_date) as date,
        concat_ws(' | ', article.title, article.summary, state.body) as text,
        ' ' || regexp_replace(lower(nfc_normalize(text)), '[^\pL\pN]+', ' ', 'g') || ' ' as words
    from fact_article as article
    left join fact_article_revision as revision
        on revision.article_id = article.article_id and revision.revision = article.revisions
    left join article_state as state
        on state.article_id = article.article_id and state.state_hash = revision.state_hash
),

ruled as (
    select texts.article_id, tag.tag_id, min(rule.text) as evidence
    from texts
    join topic_rule as rule
        on
            (rule.since_date is null or texts.date >= rule.since_date)
            and case rule.kind
                when 'phrase' then contains(texts.words, ' ' || rule.text || ' ')
                else regexp_matches(texts.text, rule.text, 'i')
            end
    join dim_tag as tag on tag.folded = rule.folded
    group by texts.article_id, tag.tag_id
),

found as (
    select article_id, tag_id, 'publisher' as method, is_parent, null as evidence from article_tags
    union all
    select article_id, tag_id, 'story', is_parent, if(copies = 1, '1 copy', copies || ' copies') from carried
    union all
    select article_id, tag_id, 'rules', false, evidence from ruled
)

select
    found.article_id, article.source_id, source.name as source, article.posted_date, article.first_seen_date,
    found.tag_id, tag.label as tag, found.method, found.is_parent, found.evidence
from found
join fact_article as article on article.article_id = found.article_id
join dim_source as source on source.source_id = article.source_id
join dim_tag as tag on tag.tag_id = found.tag_id;
