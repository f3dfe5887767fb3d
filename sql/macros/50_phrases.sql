-- Where each of the phrases (a list of texts) begins: its words stand one after the other in the headline or in the
-- summary or, with `in_bodies`, in the body. `flood*` stands for every word that starts so.
-- grain: one phrase x its beginning; position >> 14 is the article
create or replace temp macro phrase_positions(phrases, in_bodies) as table
    with asked as (
        select
            phrase, len(words) as words, unnest(words, recursive := true), generate_subscripts(words, 1) - 1 as skipped
        from (select phrase, words_asked(phrase) as words from (select distinct unnest(phrases) as phrase))
    ),

    chosen as (
        select asked.phrase, asked.words, asked.skipped, known.word_id
        from asked
        join dim_word as known on known.word = asked.word
        where not asked.is_start
        union all
        select asked.phrase, asked.words, asked.skipped, known.word_id
        from asked
        join dim_word as known on starts_with(known.word, asked.word)
        where asked.is_start
    ),

    placed as (
        select chosen.phrase, chosen.words, unnest(known.headline_positions) - chosen.skipped as position
        from agg_word_month as known
        join chosen on chosen.word_id = known.word_id
        union all
        select chosen.phrase, chosen.words, unnest(known.body_positions) - chosen.skipped as position
        from agg_word_month as known
        join chosen on chosen.word_id = known.word_id
        where in_bodies
    )

    select phrase, position from placed group by phrase, words, position having count(*) = words;
