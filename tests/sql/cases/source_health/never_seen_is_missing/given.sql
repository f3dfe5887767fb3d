insert into fact_source_day values
(1, date '2024-01-01', 3, 3, 4, 0, 0, 0, true), (1, date '2024-01-02', 0, 0, 0, 0, 0, 1, false),
(1, date '2024-01-03', 3, 3, 0, 0, 0, 0, true), (1, date '2024-01-04', 3, 3, 0, 0, 1, 1, true),
(2, date '2024-01-04', 0, 0, 0, 0, 2, 0, false);
