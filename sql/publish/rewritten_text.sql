-- Writes the tables that had text again, row for row: old text can stand in blocks beside columns that stay.
-- reads: article_state, fact_article
-- writes: article_state, fact_article
create or replace temp table saved_state as select * from article_state; -- noqa: AM04

delete from article_state;

insert into article_state by name select * from saved_state; -- noqa: AM04

drop table saved_state;

create or replace temp table saved_article as select * from fact_article; -- noqa: AM04

delete from fact_article;

insert into fact_article by name select * from saved_article; -- noqa: AM04

drop table saved_article;
