-- The view weather is called observations now; views are created from sql/views.
drop view if exists weather;
