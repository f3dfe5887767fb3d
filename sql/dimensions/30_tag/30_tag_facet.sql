-- Replaces the facets by those of config, for tags that exist and for tags that are still to come.
-- reads: config_facet, tag_facet
-- writes: dim_tag, tag_facet
delete from tag_facet;

insert into tag_facet by name select distinct on (folded) folded, facet from config_facet order by folded, facet;

update dim_tag
set facet = (select tag_facet.facet from tag_facet where tag_facet.folded = dim_tag.folded)
where
    dim_tag.facet is distinct from (select tag_facet.facet from tag_facet where tag_facet.folded = dim_tag.folded);
