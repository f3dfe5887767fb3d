-- Records the outcome of one check.
-- writes: fact_check
insert into fact_check (checked_at, name, level, faults, example) values (now(), $name, $level, $faults, $example);
