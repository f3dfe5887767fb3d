-- new pages first, best channel first, newest find first: what is about to vanish from a feed is read before it does
select url from page
where purpose = 'article' and next_due <= :now
order by visits + fails > 0, priority, first_seen desc, url
limit :limit
