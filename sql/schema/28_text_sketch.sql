-- MinHash sketches, so that copies edited further apart than a SimHash shows are found. Articles loaded before stay
-- without until their page is read again.
alter table article_text add column sketch ubigint[];
