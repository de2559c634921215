using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>A build that does not know an event makes no tables without it, and drops no month with it.</summary>
public sealed class NewerEventsTests : IAsyncLifetime
{
    private const string Refusal = "The log has events of a newer build (parent.renamed version 1): run this with that build.";

    private readonly FamilyProjection _family = new();
    private readonly KnownTypes _older = new("parent.noted", "child.born");
    private readonly KnownTypes _newer = new("parent.noted", "child.born", "parent.renamed");
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync()
    {
        _delivery = await DeliveryHarness.CreateAsync();
        await _delivery.ExecuteAsync(FamilyProjection.TableSql);
        await EventMonth.MakeAsync(_delivery.Database.Owner, 2024, 1);
        await EventMonth.MakeAsync(_delivery.Database.Owner, 2024, 2);
        var parent = new AggregateId("parent", "p1/renamed");
        await WriteAsync(parent, "parent.noted", month: 1);
        await WriteAsync(parent, "parent.renamed", month: 2);
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Replay_OfALogWithATypeOfANewerBuild_IsRefusedAndLeavesNothingBehind()
    {
        (await Should.ThrowAsync<ReplayException>(() => Replay(_older).ReplayAsync([], CancellationToken.None))).Message.ShouldBe(Refusal);
        (await Should.ThrowAsync<ReplayException>(() => Replay(_older).VerifyAsync([], CancellationToken.None))).Message.ShouldBe(Refusal);
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'replay%'")).ShouldBeEmpty();

        (await Replay(_newer).ReplayAsync([], CancellationToken.None)).ShouldHaveSingleItem().Held.ShouldBe(0);
    }

    /// <summary>Only what goes must be known: the rest is still there for the newer build.</summary>
    [Fact]
    public async Task Plan_OfACutOfATypeOfANewerBuild_IsRefused()
    {
        (await Should.ThrowAsync<CutRefusedException>(() => Cutter(_older).PlanAsync(new DateOnly(2024, 3, 1), CancellationToken.None))).Message.ShouldBe(Refusal);

        (await Cutter(_older).PlanAsync(new DateOnly(2024, 2, 1), CancellationToken.None)).Events.ShouldBe(1);
        (await Cutter(_newer).PlanAsync(new DateOnly(2024, 3, 1), CancellationToken.None)).Events.ShouldBe(2);
    }

    private Task WriteAsync(AggregateId id, string type, int month) => _delivery.Writer.InsertAsync(
        _delivery.Writer.Next(2, id, type) with { At = new DateTimeOffset(2024, month, 15, 8, 0, 0, TimeSpan.Zero) });

    private ProjectionReplay Replay(KnownTypes known) => new(_delivery.Database.Owner, [_family], NullLogger<ProjectionReplay>.Instance) { Known = known };

    private LogCutter Cutter(KnownTypes known) =>
        new(_delivery.Database.Owner, [_family], [], removed: null, TimeProvider.System, NullLogger<LogCutter>.Instance) { Known = known };
}
