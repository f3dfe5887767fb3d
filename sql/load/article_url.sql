insert into article_url select source_id, url, article_id from new_url;
