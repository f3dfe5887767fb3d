select 1 from applied where file = :file
