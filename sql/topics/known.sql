-- Whether a topic and a source asked for by name (null: none is) are plainly known, so that nothing is to be said of them.
select
    ($topic::text is null or exists (select 1 from dim_tag where folded = $topic::text))
    and not exists (select 1 from tag_alias where alias_folded = $topic::text)
    and ($source::text is null or exists (select 1 from dim_source where name = $source::text)) as known
