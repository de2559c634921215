using AwoooP.Journal.Reports;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Cluster;

public sealed class SiloReportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Status_OfASiloThatReports_HasItsFiguresUntilItIsGone()
    {
        await using var cluster = new TestCluster(postgres.Endpoints);
        var stays = await cluster.StartAsync("stays");
        await cluster.StartAsync("told", register: static services => services.AddSingleton<IGrainFigures, SomeFigures>().AddSiloReports());
        await cluster.UntilSharedAsync();
        var status = stays.Services.GetRequiredService<IClusterStatus>();

        ClusterSilo? told = null;
        await Eventually.BecomesTrueAsync(
            async () => (told = (await status.ReadAsync(default)).Silos.Single(static silo => silo.SiloId == "told")).Report is not null, "it has told its figures");

        told!.State.ShouldBe(SiloState.Alive);
        told.Partitions.Count.ShouldBeInRange(1, PartitionMap.Count - 1);
        told.Partitions.ShouldBeInOrder();
        told.Partitions.Concat((await status.ReadAsync(default)).Silos.Single(static silo => silo.SiloId == "stays").Partitions)
            .Order().ShouldBe(PartitionMap.All);
        told.LeaseLeft.ShouldBeGreaterThan(TimeSpan.Zero);
        told.ReportedAt.ShouldNotBeNull();
        told.Report!.Activations.ShouldBe([new GrainCount("incident", 3)]);
        // Ten keys of such a length do not fit, so the others are told without them.
        told.Report.HotGrains.ShouldBeEmpty();
        (await status.ReadAsync(default)).UnownedPartitions.ShouldBe(0);

        await cluster.StopAsync("told");

        var gone = (await status.ReadAsync(default)).Silos.Single(static silo => silo.SiloId == "told");
        (gone.State, gone.Report, gone.LeaseLeft).ShouldBe((SiloState.Dead, null, TimeSpan.Zero));
    }

    private sealed class SomeFigures : IGrainFigures
    {
        public GrainFigures Look() => new([new GrainCount("incident", 3)], [new HotGrain($"incident/p/{new string('k', 20_000)}", 1)]);
    }
}
