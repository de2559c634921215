using System.Text.Json.Nodes;
using AwoooP.Bench.Load;

namespace AwoooP.Cluster.Tests.Load;

public sealed class ClusterSightTests
{
    [Fact]
    public void Of_ReportOfTheApi_TellsWhoLives()
    {
        var sight = ClusterSight.Of(JsonNode.Parse(
            """
            {"number":17,"lease":"00:00:04","partitions":256,"unowned_partitions":128,"silos":[
              {"silo_id":"silo-2","incarnation":3,"state":"expired"},{"silo_id":"silo-3","incarnation":1,"state":"alive"},{"silo_id":"silo-1","incarnation":2,"state":"alive"}]}
            """)!);

        sight.Alive.ShouldBe(["silo-1", "silo-3"]);
        sight.Unowned.ShouldBe(128);
        sight.Lease.ShouldBe("00:00:04");
    }

    [Fact]
    public void ChangesSince_TheSame_AreNone() => Sight(("silo-1", "alive", 1)).ChangesSince(Sight(("silo-1", "alive", 1))).ShouldBeEmpty();

    [Fact]
    public void ChangesSince_Before_TellWhatBecameOfEach() =>
        Sight(("silo-1", "alive", 1), ("silo-2", "expired", 3), ("silo-3", "alive", 8), ("silo-4", "alive", 1))
            .ChangesSince(Sight(("silo-1", "alive", 1), ("silo-2", "alive", 3), ("silo-3", "alive", 7), ("silo-5", "dead", 1)))
            .ShouldBe(["silo-2 was alive, is expired", "silo-3 joined again, alive (incarnation 8)", "silo-4 joined, alive", "silo-5 is gone"]);

    private static ClusterSight Sight(params (string Id, string State, long Incarnation)[] silos) =>
        new("00:00:04", silos.ToDictionary(static silo => silo.Id, static silo => (silo.State, silo.Incarnation)), Unowned: 0);
}
