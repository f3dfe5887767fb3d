update page set
    purpose = :purpose, next_due = :next_due, visits = :visits, fails = :fails, outcome = :outcome, etag = :etag,
    last_modified = :last_modified, body_sha256 = :body_sha256, captured_at = :captured_at,
    fetched_at = :fetched_at, interval_s = :interval_s, unproven = :unproven
where url = :url
