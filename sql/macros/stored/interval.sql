-- 95 % intervals for trends and analysts: of a share k of n (Wilson 1927), and of a count k (Byar's approximation to
-- the exact Poisson limits; Breslow and Day 1987).
-- writes: poisson_high(), poisson_low(), wilson_high(), wilson_low()
create or replace macro wilson_low(k, n) as
case when n > 0 then greatest(0, (k + 1.9207 - 1.96 * sqrt(k * (n - k) / n + 0.9604)) / (n + 3.8415)) end;
create or replace macro wilson_high(k, n) as
case when n > 0 then least(1, (k + 1.9207 + 1.96 * sqrt(k * (n - k) / n + 0.9604)) / (n + 3.8415)) end;
create or replace macro poisson_low(k) as
case when k > 0 then k * pow(1 - 1 / (9 * k) - 1.96 / (3 * sqrt(k)), 3) else 0 end;
create or replace macro poisson_high(k) as
(k + 1) * pow(1 - 1 / (9 * (k + 1)) + 1.96 / (3 * sqrt(k + 1)), 3);
