select count(*) as due from page where purpose = 'article' and next_due <= :now
