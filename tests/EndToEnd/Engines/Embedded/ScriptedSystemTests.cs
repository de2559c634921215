namespace AwoooP.EndToEnd.Engines;

/// <summary>A system of several processes as the script at the root starts and stops it. Orleans serves no fronts of their own.</summary>
public sealed class ScriptedSystemTests
{
    [Fact]
    public async Task Up_TwoSilosAndAFront_ServesUntilDownLeavesNothingAlive()
    {
        await using var script = await ScriptedSystem.PrepareAsync();

        (await script.RunAsync("up", "--silos", "2", "--fronts", "1")).ShouldEnd(Exit.Done).Output.ShouldContain("AwoooP is ready.");
        var processes = script.Processes();
        processes.Keys.ShouldBe(["front-1", "silo-1", "silo-2"], ignoreOrder: true);
        processes.Values.ShouldAllBe(static id => ScriptedSystem.IsAlive(id));
        var server = script.ServerProcess() ?? throw new InvalidOperationException("PostgreSQL does not run.");
        ScriptedSystem.IsAlive(server).ShouldBeTrue();
        var cluster = (await script.RunAsync("cluster", "--json")).ShouldEnd(Exit.Done).Json;
        cluster["silos"]!.AsArray().Select(static silo => $"{(string)silo!["silo_id"]!} {(string)silo["state"]!}").ShouldBe(["silo-1 alive", "silo-2 alive"]);
        (await script.RunAsync("up", "--silos", "2")).ShouldEnd(Exit.Done).Output.ShouldContain("up already");
        script.Processes().ShouldBe(processes, ignoreOrder: true);

        (await script.RunAsync("down")).ShouldEnd(Exit.Done).Output.ShouldContain("AwoooP is down.");

        processes.Values.Append(server).Where(ScriptedSystem.IsAlive).ShouldBeEmpty();
        script.Processes().ShouldBeEmpty();
        script.ServerProcess().ShouldBeNull();
    }
}
