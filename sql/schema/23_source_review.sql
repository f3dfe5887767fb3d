-- The day on which a person looked at a source's pages: a change of their shape until then is no drift.
alter table dim_source add column reviewed_date date;
