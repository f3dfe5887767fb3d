-- What a commit to the lake needs to know: which months loads have changed since the last one, and which that was.

-- grain: one month that loads have changed since the last commit to the lake
create table changed_month (
    month_date date not null            -- first day of the month
);

-- grain: one lake
create table lake_commit (
    lake text not null,
    commits bigint not null,            -- of this warehouse, as the lake counts them
    migrations bigint not null,         -- of the schema then
    compared_at timestamptz not null    -- when every month was last compared
);
