namespace AwoooP.Journal.Membership;

/// <summary>A silo as the table has it.</summary>
/// <param name="Incarnation">Raised at every join; a lower one of the same silo is a process that is gone.</param>
/// <param name="Address"><c>host:port</c> of its endpoint for silos and clients; null when it takes no calls from them.</param>
/// <param name="IsAlive">Not declared dead, and its lease ran at the time of the look.</param>
/// <param name="Version">The build that it runs.</param>
/// <param name="IsLeaving">It hands over what it owns and takes nothing more.</param>
/// <param name="IsDead">It was declared dead, or has left: this incarnation never answers again.</param>
public sealed record ClusterMember(
    string SiloId, long Incarnation, string? Address, bool IsAlive, string Version, bool IsLeaving = false, bool IsDead = false);
