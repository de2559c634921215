comment on column public.awooop_quota.name is
    'alerts_per_minute, requests_per_minute or event_streams, each counted by every front for itself; active_runs or active_playbooks, counted exactly';
