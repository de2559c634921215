drop table journal.untenanted;
drop function journal.visible(text);
drop function journal.visible_projects();
revoke select on journal.migration from awooop_engine, awooop_app, awooop_reader;
revoke usage on schema journal from awooop_engine, awooop_app, awooop_reader;
