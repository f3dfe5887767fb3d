update page set priority = :priority where url = :url and priority > :priority
