-- Starts clustering with the articles whose text changed in this load.
-- needs: article exchanges, stale_article
-- reads: changed_text
-- writes: story_done, story_kin, story_member, story_now, story_seed
create or replace temp table story_seed as select article_id from changed_text;

create or replace temp table story_done as select article_id from changed_text;

create or replace temp table story_kin (article_id bigint);

create or replace temp table story_member (
    article_id bigint, date date, text_hash ubigint, simhash bigint, sketch ubigint[]
);

create or replace temp table story_now (article_id bigint, story_id bigint, members bigint, method text);
