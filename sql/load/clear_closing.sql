delete from fact_closing where source_id in (select source_id from new_fetch where purpose = 'closings');
