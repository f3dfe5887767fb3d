-- Lets the rows of every month be compared.
-- writes: is_compared()
create or replace temp macro is_compared(day) as true;
