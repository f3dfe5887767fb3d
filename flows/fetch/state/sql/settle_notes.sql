-- a stored response from the future is as old as now
update note set at = :now where at > :late
