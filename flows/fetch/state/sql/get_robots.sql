select * from robots where origin = :origin
