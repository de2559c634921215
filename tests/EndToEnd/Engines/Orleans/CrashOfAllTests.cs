using AwoooP.Systems;

namespace AwoooP.EndToEnd.Engines;

/// <summary>Orleans starts a silo once it reaches all others that it is shown. Of those that a crash has left in the table, nobody answers.</summary>
public sealed class CrashOfAllTests
{
    [Fact]
    public async Task OneOfTwo_AfterBothWereKilled_StartsAlone()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 2 });
        await Task.WhenAll(system.Silos.Select(static silo => silo.KillAsync()));

        // Returns once it is ready.
        await system.Silos[0].StartAsync();
        await system.Silos[1].StartAsync();
    }
}
