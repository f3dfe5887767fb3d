-- Bodies are packed by zstd, a quarter of the bytes: by itself DuckDB leaves texts of their length as they are.
create table packed (
    article_id bigint not null,
    state_hash text not null,
    title text,
    summary text,
    body text using compression zstd,
    authors text[] not null,
    tags text[] not null,
    updated_local timestamp,
    content_hash text,
    word_count integer
);
insert into packed by name select * from article_state;
drop table article_state;
alter table packed rename to article_state;
