-- Whether the topic and the source named in a question (null: none is) are known and mean themselves: no note is due.
select
    ($topic::text is null or exists (select 1 from dim_tag where folded = $topic::text))
    and not exists (select 1 from tag_alias where alias_folded = $topic::text)
    and ($source::text is null or exists (select 1 from dim_source where name = $source::text)) as known
