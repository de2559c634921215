using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>A start that fails when the silo has joined already ends as a stop does: nobody waits for its lease to run out.</summary>
public sealed class FailedStartTests
{
    private const int Failed = 1;

    [Fact]
    public async Task Start_ThatFailsOnceTheSiloHasJoined_LeavesTheClusterAndEndsWithOne()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 0 });
        await File.WriteAllTextAsync(Path.Combine(system.Folder, "operator.key"), "no key");
        var output = Path.Combine(system.Folder, "silo-1.out");
        var environment = new Dictionary<string, string>
        {
            ["AWOOOP_DATA"] = system.Folder,
            ["AWOOOP_URL"] = $"http://127.0.0.1:{LoopbackPort.Free()}",
            ["AWOOOP_ROLE"] = "Both",
            ["AWOOOP_SILO"] = "1",
            ["AWOOOP_POSTGRES"] = "",
        };

        await using (var silo = ChildProcess.Start(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, "AwoooP.Silo.dll")], output, environment))
            (await silo.ExitedAsync()).ShouldBe(Failed, await File.ReadAllTextAsync(output));

        var told = await File.ReadAllTextAsync(output);
        told.ShouldContain("does not hold an operator key");
        told.ShouldNotContain("Unhandled exception");
        await using var read = system.Superuser.CreateCommand(
            "select s.state, (select count(*) from journal.partition p where p.owner is not null) from journal.silo s where s.silo_id = 'silo-1'");
        await using var row = await read.ExecuteReaderAsync();
        (await row.ReadAsync()).ShouldBeTrue("the silo had joined");
        (row.GetString(0), row.GetInt64(1)).ShouldBe(("dead", 0));
    }
}
