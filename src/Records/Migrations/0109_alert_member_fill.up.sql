-- Most writes move a firing member's end. With room in its page such a row changes without touching an index.
alter table public.alert_member set (fillfactor = 60);
