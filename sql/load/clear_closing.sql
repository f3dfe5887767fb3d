-- Where a look of this batch came late, all that the source's lists said is stated anew.
delete from fact_closing where source_id in (select source_id from polled_source where is_late);
