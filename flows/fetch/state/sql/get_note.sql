select body, at from note where key = :key
