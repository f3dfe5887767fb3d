-- Every page keeps what it was taken for: only articles are counted, pages in doubt stay in the ledger with the evidence.
alter table fact_fetch add column kind text;
alter table fact_fetch add column kind_evidence text;
