-- Rules of config that find topics in the text of articles, for trends that ask for them.

-- grain: one phrase or pattern of one topic
create table topic_rule (
    folded text not null,
    kind text not null,                 -- phrase | pattern
    text text not null,
    since_date date,                    -- first local day of posting on which it counts; null: always
    reason text not null
);
