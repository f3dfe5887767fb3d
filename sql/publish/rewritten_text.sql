-- Writes the tables that had text again, row for row: old text, or where its words stood, can be in blocks beside
-- columns that stay.
-- reads: agg_word_month, article_state, fact_article
-- writes: agg_word_month, article_state, fact_article
create or replace temp table saved_state as select * from article_state; -- noqa: AM04

delete from article_state;

insert into article_state by name select * from saved_state; -- noqa: AM04

drop table saved_state;

create or replace temp table saved_article as select * from fact_article; -- noqa: AM04

delete from fact_article;

insert into fact_article by name select * from saved_article; -- noqa: AM04

drop table saved_article;

create or replace temp table saved_word_month as select * from agg_word_month; -- noqa: AM04

delete from agg_word_month;

insert into agg_word_month by name select * from saved_word_month; -- noqa: AM04

drop table saved_word_month;
