namespace AwoooP.Commands;

/// <summary>A quota of the project as it stood when it refused.</summary>
/// <param name="Name">As in the project's configuration, e.g. <c>active_runs</c>.</param>
/// <param name="Use">What was used before the command.</param>
public sealed record UsedQuota(string Name, int Bound, int Use);
