-- What the page states around the article. Articles loaded before stay without until their page is read again.
alter table fact_article add column publisher text;
alter table fact_article add column alternative_headline text;
alter table fact_article add column image_url text;
alter table fact_article add column video_url text;
alter table fact_article add column is_free boolean;
