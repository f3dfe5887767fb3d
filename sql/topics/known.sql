-- Whether a topic and a source asked for by name (null: none is) are plainly known, so that nothing is to be said of them.
select
    ($topic::text is null or $topic::text in (select folded from dim_tag))
    and ($topic::text is null or $topic::text not in (select alias_folded from tag_alias))
    and ($source::text is null or $source::text in (select name from dim_source)) as known
