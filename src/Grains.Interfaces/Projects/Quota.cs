namespace AwoooP.Projects;

/// <summary>One kind of quota: its name in configurations, tables and refusals, what it may be set to, and where it stands.</summary>
public sealed class Quota
{
    private Quota(string name, int least, int most, Func<ProjectQuotas, int?> of)
    {
        Name = name;
        Least = least;
        Most = most;
        Of = of;
    }

    public static Quota AlertsPerMinute { get; } = new("alerts_per_minute", ProjectQuotas.LeastAlerts, ProjectQuotas.MostAMinute, static quotas => quotas.AlertsPerMinute);

    public static Quota RequestsPerMinute { get; } = new("requests_per_minute", ProjectQuotas.LeastRequests, ProjectQuotas.MostAMinute, static quotas => quotas.RequestsPerMinute);

    public static Quota EventStreams { get; } = new("event_streams", 1, ProjectQuotas.MostStreams, static quotas => quotas.EventStreams);

    public static Quota ActiveRuns { get; } = new("active_runs", 1, ProjectQuotas.MostActive, static quotas => quotas.ActiveRuns);

    public static Quota ActivePlaybooks { get; } = new("active_playbooks", 1, ProjectQuotas.MostActive, static quotas => quotas.ActivePlaybooks);

    /// <summary>Every quota that there is: each is enforced.</summary>
    public static IReadOnlyList<Quota> All { get; } = [AlertsPerMinute, RequestsPerMinute, EventStreams, ActiveRuns, ActivePlaybooks];

    public string Name { get; }

    public int Least { get; }

    public int Most { get; }

    /// <summary>The bound that is set; null when it does not bind.</summary>
    public Func<ProjectQuotas, int?> Of { get; }
}
