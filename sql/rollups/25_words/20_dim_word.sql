-- Adds the words that are new.
-- reads: dim_word, month_word
-- writes: dim_word
insert into dim_word by name
with fresh as (
    select distinct word from month_word
    except
    select word from dim_word
)

select (select coalesce(max(word_id), 0) from dim_word) + row_number() over (order by word) as word_id, word
from fresh;
