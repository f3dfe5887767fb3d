-- Replaces the rules of topics by those of config and adds their topics. A phrase is kept as the words of the view
-- article_topics: in lower case, with one space between them.
-- reads: config_rule, dim_tag
-- writes: dim_tag, topic_rule
delete from topic_rule;

insert into topic_rule by name select
    folded, kind,
    case kind
        when 'phrase' then trim(regexp_replace(lower(nfc_normalize(text)), '[^\pL\pN]+', ' ', 'g'))
        else text
    end as text,
    since_date, reason
from config_rule;

insert into dim_tag (tag_id, folded, label)
select
    (select coalesce(max(tag_id), 0) from dim_tag) + row_number() over (order by folded) as tag_id,
    folded, min(topic) as label
from config_rule
where folded not in (select folded from dim_tag)
group by folded;
