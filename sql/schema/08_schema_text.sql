-- Views and comments are written again only when their text changes: the hash of what was last applied is kept here.

-- grain: one group of definitions
create table schema_text (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null
);
