using AwoooP.Journal.Reports;
using AwoooP.Journal.Tests.Cluster;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Reports;

public sealed class HotPartitionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Report_OfASiloThatWritesOnePartition_NamesItAlone()
    {
        await using var cluster = new TestCluster(postgres.Endpoints);
        var silo = await cluster.StartAsync("busy", register: static services => services.AddSingleton<IGrainFigures, NoFigures>().AddSiloReports());
        await cluster.UntilSharedAsync();
        var status = silo.Services.GetRequiredService<IClusterStatus>();
        var id = Some.Id("hot");
        var version = 0L;
        IReadOnlyList<HotPartition> hot = [];

        // What was written before the last look but one is not told any more, so it goes on until a report has some of it.
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                (await silo.Journal.CommitAsync(Some.Commit(id, version++), default)).Status.ShouldBe(CommitStatus.Committed);
                hot = (await status.ReadAsync(default)).Silos.Single().Report?.HotPartitions ?? [];
                return hot.Count > 0;
            },
            "the report names a partition");

        var only = hot.ShouldHaveSingleItem();
        only.Partition.ShouldBe(PartitionMap.Of(id));
        only.CommitsPerSecond.ShouldBeGreaterThan(0);
    }

    private sealed class NoFigures : IGrainFigures
    {
        public GrainFigures Look() => new([], []);
    }
}
