-- title: Rising topics
-- question: What comes up more now than in its own 28 days before?
-- grain: one topic; the days up to `until` against the 28 days before them, observed days only
-- param: until date = none - last day of the stretch (none: last day looked at)
-- param: days integer = 7 - length of the stretch that is now
-- param: source text = none - one source only
-- param: clock clock = posted - local day the publisher says, or the day first seen
-- param: support integer = 3 - fewest articles now
-- param: top integer = 20 - how many topics, parents left out
-- chart: bar
-- x: topic
-- y: z_score
-- series: none
with sources as (
    select source_id from dim_source where $source::text is null or name = $source::text
),

looked as (
    select date
    from fact_source_day
    where observed and source_id in (select source_id from sources)
    group by date
),

bounds as (
    select coalesce($until::date, max(date)) as until_date from looked
),

days as (
    select
        looked.date,
        looked.date > bounds.until_date - $days::integer as is_now
    from looked
    cross join bounds
    where looked.date between bounds.until_date - ($days::integer + 27) and bounds.until_date
),

articles as (
    select
        article_id,
        case when $clock::text = 'first_seen' then first_seen_date else posted_date end as date
    from fact_article
    where source_id in (select source_id from sources)
),

tagged as (
    select
        fact_article_tag.article_id,
        articles.date,
        coalesce(
            (
                select arg_max(tag_alias.means_folded, coalesce(tag_alias.since_date, date '0001-01-01'))
                from tag_alias
                where
                    tag_alias.alias_folded = dim_tag.folded
                    and (tag_alias.since_date is null or tag_alias.since_date <= articles.date)
            ),
            dim_tag.folded
        ) as folded
    from fact_article_tag
    join dim_tag on dim_tag.tag_id = fact_article_tag.tag_id
    join articles on articles.article_id = fact_article_tag.article_id
    where not fact_article_tag.is_parent
),

counts as (
    select
        tagged.folded,
        tagged.date,
        count(distinct tagged.article_id) as articles
    from tagged
    join days on days.date = tagged.date
    group by all
),

daily as (
    select
        topics.folded,
        days.is_now,
        coalesce(counts.articles, 0) as articles
    from (select distinct folded from counts) as topics
    cross join days
    left join counts on counts.folded = topics.folded and counts.date = days.date
),

compared as (
    select
        folded,
        sum(articles) filter (where is_now) as articles,
        count(*) filter (where is_now) as observed_days,
        avg(articles) filter (where is_now) as per_day,
        avg(articles) filter (where not is_now) as baseline_per_day,
        stddev_samp(articles) filter (where not is_now) as baseline_spread,
        count(*) filter (where not is_now) as baseline_days
    from daily
    group by folded
)

-- A spread under that of a rare event (one article in the whole baseline) would make every first mention endless.
select
    coalesce(dim_tag.label, compared.folded) as topic,
    round(
        (compared.per_day - compared.baseline_per_day)
        / (greatest(compared.baseline_spread, 1 / sqrt(compared.baseline_days)) / sqrt(compared.observed_days)),
        3
    ) as z_score,
    compared.articles::bigint as articles,
    round(compared.per_day, 4) as per_day,
    round(compared.baseline_per_day, 4) as baseline_per_day,
    compared.observed_days,
    compared.baseline_days
from compared
left join dim_tag on dim_tag.folded = compared.folded
where
    compared.articles >= $support::integer
    and compared.baseline_days >= 7
    and compared.per_day > compared.baseline_per_day
order by z_score desc, topic
limit $top::integer
