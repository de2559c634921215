drop function journal.require_alive;
