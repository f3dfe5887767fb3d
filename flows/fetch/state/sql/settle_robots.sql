-- a robots.txt checked in the future is checked again now; its copy counts as of now
update robots set checked_at = :now - :fresh, good_at = min(good_at, :now) where checked_at > :late
