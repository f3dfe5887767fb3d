select * from page where url = :url
