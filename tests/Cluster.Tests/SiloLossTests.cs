using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Silos go, with and without a word, under a load at all of them: what was acknowledged is there, once.</summary>
public sealed class SiloLossTests(SiloLossTests.ThreeSilos silos) : IClassFixture<SiloLossTests.ThreeSilos>
{
    [Fact]
    public Task OneOfThree_KilledUnderLoad_LosesAndDoublesNothing() => silos.RunAsync(static async (system, round) =>
    {
        var killed = system.Silos[round.Victim(3)];
        await killed.KillAsync();
        await Partitions.SharedAsync(system, silos: 2);
        await killed.StartAsync();
        await Partitions.SharedAsync(system, silos: 3);
    });

    [Fact]
    public Task TwoOfThree_KilledUnderLoad_LoseAndDoubleNothing() => silos.RunAsync(static async (system, round) =>
    {
        var left = system.Silos[round.Victim(3)];
        await Task.WhenAll(system.Silos.Except([left]).Select(static silo => silo.KillAsync()));
        await Partitions.SharedAsync(system, silos: 1);
        await Task.WhenAll(system.Silos.Except([left]).Select(static silo => silo.StartAsync()));
        await Partitions.SharedAsync(system, silos: 3);
    });

    /// <summary>
    /// What it is asked first when it runs again was written elsewhere meanwhile, and it still has what was there before in its memory. Those who
    /// asked before it froze prove nothing: what they are told was true when they asked.
    /// </summary>
    [Fact]
    public Task OneOfThree_FrozenPastItsLease_NeitherWritesNorAnswersFromMemory() => silos.RunAsync(static async (system, round) =>
    {
        var frozen = system.Silos[round.Victim(3)];
        var living = system.Silos[(round.Victim(3) + 1) % 3];
        using var playbooks = new Playbooks(await system.AdminKeyAsync());
        var playbook = await playbooks.CreateOwnedAsync(system, frozen, "before");
        (await playbooks.FirstAnswerAsync(frozen, playbook)).ShouldBe("before");
        var incarnation = await IncarnationAsync();

        await frozen.FreezeAsync();
        await Partitions.SharedAsync(system, silos: 2);
        await playbooks.RenameAsync(living, playbook, "after");
        using var asked = await playbooks.AskAsync(frozen, playbook);
        await frozen.ThawAsync();

        var answer = await asked.AnswerAsync();
        if (answer.IsDone)
            Playbooks.NameIn(answer.Body).ShouldBe("after");
        else
            answer.IsRefusedForGood.ShouldBeFalse($"{answer.Status}: {answer.Body}");
        await Partitions.SharedAsync(system, silos: 3);
        (await IncarnationAsync()).ShouldBeGreaterThan(incarnation, "it goes on as the one that was declared dead");

        Task<long> IncarnationAsync() => system.CountAsync($"select incarnation from journal.silo where silo_id = '{frozen.Name}'");
    });

    [Fact]
    public Task EachInTurn_StoppedAndStartedUnderLoad_LosesAndDoublesNothing() => silos.RunAsync(static async system =>
    {
        foreach (var silo in system.Silos)
        {
            await silo.StopAsync();
            await Partitions.SharedAsync(system, silos: 2);
            await silo.StartAsync();
            await Partitions.SharedAsync(system, silos: 3);
        }
    });

    public sealed class ThreeSilos() : SharedSystem(new SystemShape { Silos = 3, Settings = FastLease });
}
