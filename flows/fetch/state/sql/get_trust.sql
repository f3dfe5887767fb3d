select good, bad from trust where scope = :scope
