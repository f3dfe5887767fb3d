-- Appearances seen before their article was.
update fact_appearance
set article_id = met.article_id
from new_url as met
where
    fact_appearance.article_id is null
    and met.source_id = fact_appearance.source_id
    and met.url = fact_appearance.url;
