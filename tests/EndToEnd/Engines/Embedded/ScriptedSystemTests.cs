using AwoooP.Demo;

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

    /// <summary>As service managers run them: each in the foreground, until SIGTERM.</summary>
    [Fact]
    public async Task SiloAndFront_InTheForeground_ServeUntilEachIsAskedToStop()
    {
        await using var script = await ScriptedSystem.PrepareAsync();
        using var silo = await script.StartAsync(portsAbove: 1, "silo", "--no-front");
        using var front = await script.StartAsync(portsAbove: 0, "front");
        script.Processes().Keys.ShouldBe(["front-1", "silo-1"], ignoreOrder: true);
        var processes = script.Processes().Values;

        using var sender = new RawApi(front.Address, key: null);
        (await sender.PostAsync("api/v2/alerts", SharedSystem.Alert("InTheForeground"))).ShouldSucceed();
        using var admin = new RawApi(front.Address, await script.AdminKeyAsync());
        await Readiness.UntilAsync(
            async _ => (await SharedSystem.ItemsAsync(admin, "incidents?project_id=awoooi")).Any(static incident => (string?)incident!["alertname"] == "InTheForeground"),
            "No incident of the alert",
            CancellationToken.None);

        // Nobody who is asked to stop warns of anything, and only the silo has something to give up.
        ShouldHaveNoComplaint((await front.StopAsync()).ShouldEnd(Exit.Done));
        var lastWords = (await silo.StopAsync()).ShouldEnd(Exit.Done);
        lastWords.Output.ShouldContain("Silo silo-1 left");
        ShouldHaveNoComplaint(lastWords);

        processes.Where(ScriptedSystem.IsAlive).ShouldBeEmpty();
        script.Processes().ShouldBeEmpty();
        ScriptedSystem.IsAlive(script.ServerProcess() ?? throw new InvalidOperationException("PostgreSQL does not run.")).ShouldBeTrue("it outlives both");
    }

    private static void ShouldHaveNoComplaint(CommandEnd end)
    {
        foreach (var level in (string[])[" WRN AwoooP", " ERR ", " FTL ", "Unhandled exception"])
            end.Output.ShouldNotContain(level);
    }
}
