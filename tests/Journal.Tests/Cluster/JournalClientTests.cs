using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Reports;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Journal.Tests.Cluster;

/// <summary>The journal as a process sees it that is no silo.</summary>
public sealed class JournalClientTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Access_WithoutALease_FollowsTheClockAndSumsWhatSilosReport()
    {
        await using var cluster = new TestCluster(postgres.Endpoints);
        foreach (var silo in (string[])["one", "two"])
        {
            await cluster.StartAsync(silo, register: static services => services
                .AddSingleton<IGrainFigures, NoFigures>().AddSingleton<IDeliveryStatus, SomeDelivery>().AddSiloReports());
        }

        await cluster.UntilSharedAsync();
        var services = new ServiceCollection();
        services.AddJournalClient(options =>
            (options.SiloId, options.Engine, options.App, options.Reader) = ("front-1", postgres.Endpoints.Engine, postgres.Endpoints.App, postgres.Endpoints.Reader));
        services.AddReportedDelivery();
        await using var access = services.BuildServiceProvider();
        foreach (var service in access.GetServices<IHostedService>())
            await service.StartAsync(default);

        await Eventually.BecomesTrueAsync(() => access.GetRequiredService<ServerWatch>().IsAnswering, "the server answers");
        access.GetRequiredService<DurableClock>().IsFollowing.ShouldBeTrue();
        await Eventually.BecomesTrueAsync(() => access.GetRequiredService<IClusterMap>().Current.OwnerOf(0) is not null, "an owner is shown");
        var delivery = access.GetRequiredService<IDeliveryStatus>();
        await Eventually.BecomesTrueAsync(() => delivery.Read().Consumers is [{ Lag: 6 }], "both silos are counted");
        delivery.Read().Consumers[0].ShouldBe(new ConsumerStatus("incidents", ConsumerKind.Projection, 6, 20, 2, 0, 1, true, "postgres 42703"));
        delivery.Read().Partitions.ShouldBe(PartitionMap.Count);
        (await access.GetRequiredService<IClusterStatus>().ReadAsync(default)).Silos.Select(static silo => silo.SiloId).ShouldNotContain("front-1");

        foreach (var service in access.GetServices<IHostedService>().Reverse())
            await service.StopAsync(default);
    }

    private sealed class NoFigures : IGrainFigures
    {
        public GrainFigures Look() => new([], []);
    }

    private sealed class SomeDelivery : IDeliveryStatus
    {
        public DeliveryStatus Read() => new(
            128, [new ConsumerStatus("incidents", ConsumerKind.Projection, 3, 10, 1, 0, 1, true, "postgres 42703")], new WakeStatus(0, 0, 0, null));
    }
}
