drop table public.alert_member;
