insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes,
batch_id) values
(1, 1, 'http://alpha.test/', '2024-01-01 12:00:00+00', 'section', 'new', 1500, 10, 1, 100, 'b'),
(2, 1, 'http://alpha.test/', '2024-01-01 13:00:00+00', 'section', 'unchanged', 1000, 10, 2, 0, 'b'),
(3, 1, 'http://alpha.test/x', '2024-01-01 13:00:00+00', 'article', 'refused', 0, 0, 0, 0, 'b'),
(4, 2, 'http://beta.test/x', '2024-01-01 13:00:00+00', 'article', 'refused', 0, 0, 0, 0, 'b'),
(5, 1, 'http://alpha.test/', '2024-01-02 06:00:00+00', 'section', 'failed', 0, 0, 3, 0, 'b');
