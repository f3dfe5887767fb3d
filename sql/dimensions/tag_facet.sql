update dim_tag set facet = config_facet.facet from config_facet where dim_tag.folded = config_facet.folded;
