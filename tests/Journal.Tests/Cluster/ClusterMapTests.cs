using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Journal.Tests.Cluster;

public sealed class ClusterMapTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Map_OfASilo_ShowsItWithItsAddressAndAllItsPartitions()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options =>
            (options.SiloId, options.Address, options.Version) = ("shown", "127.0.0.1:11111", "1.2.3"));
        var map = host.Services.GetRequiredService<IClusterMap>();

        await Eventually.BecomesTrueAsync(() => map.Current.OwnerOf(0) is not null, "an owner is shown");

        var incarnation = host.Services.GetRequiredService<LeaseGuard>().Incarnation!.Number;
        map.Current.OwnerOf(0).ShouldBe(new ClusterMember("shown", incarnation, "127.0.0.1:11111", IsAlive: true, "1.2.3"));
        PartitionMap.All.ShouldAllBe(partition => map.Current.OwnerOf(partition)!.SiloId == "shown");
    }

    [Fact]
    public async Task MapReader_OfAClient_FollowsASiloThatComesAndGoes()
    {
        var services = new ServiceCollection();
        services.AddClusterMap(options => (options.Database, options.Interval) = (postgres.Endpoints.Reader, TimeSpan.FromMilliseconds(100)));
        await using var client = services.BuildServiceProvider();
        var reader = client.GetServices<IHostedService>().Single();
        await reader.StartAsync(default);
        var map = client.GetRequiredService<IClusterMap>();
        long number;

        await using (await JournalHost.StartAsync(postgres.Endpoints, options => options.SiloId = "followed"))
        {
            await Eventually.BecomesTrueAsync(() => map.Current.OwnerOf(255)?.SiloId == "followed", "its silo owns the last partition");
            number = map.Current.Number;
        }

        await Eventually.BecomesTrueAsync(() => map.Current.OwnerOf(255) is null, "nobody owns it");
        map.Current.Members.Single(member => member.SiloId == "followed").IsAlive.ShouldBeFalse();
        map.Current.Number.ShouldBeGreaterThan(number);
        await reader.StopAsync(default);
    }
}
