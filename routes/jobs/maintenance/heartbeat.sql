select (select count(*) from serai.node where lease_until > now()) as hubs,
  (select count(*) from serai.job_alert) as alerts
