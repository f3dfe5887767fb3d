insert into article_url by name
select source_id, url, article_id, md5_number_lower(source_id || ' ' || url) as url_hash from new_url;
