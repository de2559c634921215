using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Api;

public sealed class ClusterTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Get_AsViewer_TellsSilosAndTheirFigures()
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);

        var answer = await (await client.GetAsync("/v1/platform/cluster")).JsonAsync();

        answer.GetProperty("number").GetInt64().ShouldBe(17);
        answer.GetProperty("lease").GetString().ShouldBe("00:00:04");
        answer.GetProperty("partitions").GetInt32().ShouldBe(256);
        answer.GetProperty("unowned_partitions").GetInt32().ShouldBe(128);
        var silos = answer.GetProperty("silos").EnumerateArray().ToArray();
        silos[0].GetProperty("silo_id").GetString().ShouldBe("silo-1");
        silos[0].GetProperty("state").GetString().ShouldBe("alive");
        silos[0].GetProperty("partitions").GetInt32().ShouldBe(128);
        silos[0].GetProperty("partitions_owned").GetString().ShouldBe("0-126, 255");
        silos[0].GetProperty("lease_left_ms").GetInt64().ShouldBe(3120);
        silos[0].GetProperty("activations")[0].GetProperty("grain_type").GetString().ShouldBe("incident");
        silos[0].GetProperty("hot_partitions")[0].GetProperty("commits_per_second").GetDouble().ShouldBe(120);
        silos[1].GetProperty("state").GetString().ShouldBe("dead");
        silos[1].GetProperty("activations").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Get_HotGrainOfAnotherProject_IsShownByItsTypeAlone()
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);

        var answer = await (await client.GetAsync("/v1/platform/cluster")).JsonAsync();

        answer.GetProperty("silos")[0].GetProperty("hot_grains").EnumerateArray().Select(static hot => hot.GetProperty("grain").GetString())
            .ShouldBe(["alert/awoooi/a", "alert"]);
    }
}
