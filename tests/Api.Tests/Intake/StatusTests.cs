using AwoooP.Api.Tests.Hosting;

namespace AwoooP.Api.Tests.Intake;

public sealed class StatusTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Status_OfTheBuild_HasTheVersionWithoutTheCommit()
    {
        using var client = host.Connect();

        var version = (await (await client.GetAsync("/api/v2/status")).JsonAsync()).GetProperty("versionInfo");

        version.GetProperty("version").GetString().ShouldNotBeNull().ShouldMatch("^[0-9]+\\.[0-9]+\\.[0-9]+$");
        version.GetProperty("revision").GetString().ShouldNotBeNull().ShouldMatch("^[0-9a-f]*$");
    }
}
