namespace AwoooP.Journal.Membership;

/// <summary>Who this process is.</summary>
/// <param name="SiloId">The stable name of the silo.</param>
/// <param name="SessionName">The application_name of this process's database sessions, unlike that of any other process.</param>
public sealed record SiloIdentity(string SiloId, string SessionName)
{
    /// <summary><c>host:port</c> where it takes calls of other silos and of clients; null when it takes none.</summary>
    public string? Address { get; init; }

    /// <summary>The build that it runs.</summary>
    public string Version { get; init; } = "";

    public static SiloIdentity Create(string siloId, TimeProvider clock) =>
        new(siloId, $"awooop-{Guid.CreateVersion7(clock.GetUtcNow()):N}");
}
