using System.ComponentModel.DataAnnotations;

namespace AwoooP.Projects;

/// <summary>What a project's people decide about it, as a whole: what is left out has its default.</summary>
public sealed record ProjectConfiguration
{
    public const int MaxName = 100;

    /// <summary>1 to 100 characters, for people.</summary>
    [MaxLength(MaxName)]
    public required string Name { get; init; }

    public ProjectQuotas Quotas { get; init => field = value ?? new(); } = new();

    public ProjectFeatureFlags FeatureFlags { get; init => field = value ?? new(); } = new();
}

/// <summary>
/// Bounds of what a project may use; one that is null or left out does not bind. What comes in is counted by every front for itself, since that is
/// where it is decided; what is active is counted exactly, over all of them.
/// </summary>
public sealed record ProjectQuotas
{
    internal const int LeastAlerts = 100;
    internal const int LeastRequests = 60;
    internal const int MostAMinute = 10_000_000;
    internal const int MostStreams = 100_000;
    internal const int MostActive = 10_000;

    /// <summary>Alerts that a front takes for the project in a minute: 100 to 10,000,000. A batch is taken whole or not at all.</summary>
    [Range(LeastAlerts, MostAMinute)]
    public int? AlertsPerMinute { get; init; }

    /// <summary>Requests to the API about the project that a front answers in a minute, those of senders not counted: 60 to 10,000,000.</summary>
    [Range(LeastRequests, MostAMinute)]
    public int? RequestsPerMinute { get; init; }

    /// <summary>Event streams of the project that are open at a front: 1 to 100,000.</summary>
    [Range(1, MostStreams)]
    public int? EventStreams { get; init; }

    /// <summary>Runs that are carried out at the same time, shadow runs not counted: 1 to 10,000. One more waits, and is offered again.</summary>
    [Range(1, MostActive)]
    public int? ActiveRuns { get; init; }

    /// <summary>Playbooks that are active at the same time: 1 to 10,000.</summary>
    [Range(1, MostActive)]
    public int? ActivePlaybooks { get; init; }
}

/// <summary>Switches of what the platform does for a project. All are off unless said otherwise.</summary>
public sealed record ProjectFeatureFlags
{
    /// <summary>Plans are proposed and never executed: a person does what they say. Holds for plans that are proposed from then on.</summary>
    public bool SuggestMode { get; init; }

    /// <summary>Nobody is told of anything that happens from then on; the console shows it all the same.</summary>
    public bool MuteNotifications { get; init; }
}
