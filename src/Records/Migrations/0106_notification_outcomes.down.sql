drop table public.notification_outcomes;
