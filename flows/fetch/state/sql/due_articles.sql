-- new pages first, then by channel, then the newest find: pages that are about to leave a feed are fetched in time
select url from page
where purpose = 'article' and next_due <= :now
order by visits + fails > 0, priority, first_seen desc, url
limit :limit
