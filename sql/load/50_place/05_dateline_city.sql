-- Lists the cities that datelines name without a state or country (Associated Press Stylebook), so that a wire story
-- from Washington or Paris is not of the town of that name in the source's state. Abroad, the state is null.
-- needs: stage_article
-- writes: dateline_city
create or replace temp table dateline_city as
select cities.folded, cities.state
from (
    values
    ('atlanta', 'GA'), ('baltimore', 'MD'), ('boston', 'MA'), ('chicago', 'IL'), ('cincinnati', 'OH'),
    ('cleveland', 'OH'), ('dallas', 'TX'), ('denver', 'CO'), ('detroit', 'MI'), ('honolulu', 'HI'), ('houston', 'TX'),
    ('indianapolis', 'IN'), ('las vegas', 'NV'), ('los angeles', 'CA'), ('miami', 'FL'), ('milwaukee', 'WI'),
    ('minneapolis', 'MN'), ('new orleans', 'LA'), ('new york', 'NY'), ('oklahoma city', 'OK'), ('philadelphia', 'PA'),
    ('phoenix', 'AZ'), ('pittsburgh', 'PA'), ('st. louis', 'MO'), ('salt lake city', 'UT'), ('san antonio', 'TX'),
    ('san diego', 'CA'), ('san francisco', 'CA'), ('seattle', 'WA'), ('washington', 'DC'), ('amsterdam', null),
    ('athens', null), ('baghdad', null), ('bangkok', null), ('beijing', null), ('beirut', null), ('berlin', null),
    ('brussels', null), ('cairo', null), ('dublin', null), ('geneva', null), ('havana', null), ('helsinki', null),
    ('hong kong', null), ('islamabad', null), ('istanbul', null), ('jerusalem', null), ('johannesburg', null),
    ('london', null), ('madrid', null), ('mexico city', null), ('milan', null), ('montreal', null), ('moscow', null),
    ('munich', null), ('new delhi', null), ('panama city', null), ('paris', null), ('prague', null),
    ('quebec city', null), ('rio de janeiro', null), ('rome', null), ('sao paulo', null), ('shanghai', null),
    ('singapore', null), ('stockholm', null), ('sydney', null), ('tokyo', null), ('toronto', null),
    ('united nations', null), ('vatican city', null), ('vienna', null), ('zurich', null)
) as cities (folded, state);
