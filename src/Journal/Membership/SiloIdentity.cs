namespace AwoooP.Journal.Membership;

/// <summary>Who this process is.</summary>
/// <param name="SiloId">The stable name of the silo.</param>
/// <param name="SessionName">The application_name of this process's database sessions, unlike that of any other process.</param>
public sealed record SiloIdentity(string SiloId, string SessionName)
{
    public static SiloIdentity Create(string siloId, TimeProvider clock) =>
        new(siloId, $"awooop-{Guid.CreateVersion7(clock.GetUtcNow()):N}");
}
