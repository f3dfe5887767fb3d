-- Names as the glossary has them: what newsvane asks and gets is an exchange.
alter table page_look rename to page_exchange;
alter table waiting_look rename to waiting_exchange;
