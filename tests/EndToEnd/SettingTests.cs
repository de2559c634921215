using System.Net;
using System.Net.Sockets;
using AwoooP.Demo;
using AwoooP.Journal.Local;
using AwoooP.Testing;

namespace AwoooP.EndToEnd;

/// <summary>A setting that cannot be: the silo says which in one line, and ends as the command line does with invalid input.</summary>
public sealed class SettingTests
{
    private const int Invalid = 6;

    [Theory]
    [InlineData("""{ "Silo": { "TimeZone": "Nowhere/None" } }""", "", "", "Silo:TimeZone must be ", "'Nowhere/None'")]
    [InlineData("""{ "Silo": { "Lease": "00:00:00" } }""", "", "", "Silo:Lease must be between 00:00:01 and 00:05:00", "'00:00:00'")]
    [InlineData("{", "", "", "silo.json", "LineNumber")]
    [InlineData("{}", "AWOOOP_SILO", "many", "AWOOOP_SILO must be a whole number", "'many'")]
    [InlineData("""{ "Silo": { "Lease": "soon" } }""", "", "", "Silo:Lease must be a time such as 00:00:30", "'soon'")]
    [InlineData("""{ "Notifications": { "Routes": [{ "Recipient": "ops", "MinimumSeverity": "P9" }] } }""", "", "", "Notifications:Routes:0:MinimumSeverity must be P0 or P1 ", "'P9'")]
    // An editor's key, a remark, and sections that others read.
    [InlineData("""{ "$schema": "s", "//": "ours", "Orleans": {}, "Silo": { "Leese": "00:00:05", "//": "short" } }""", "", "", "There is no setting Silo:Leese", "the nearest is Silo:Lease.")]
    [InlineData("""{ "Approval": { "Lifetime": "00:20:00" } }""", "", "", "There is no setting Approval", "the nearest is Approvals.")]
    [InlineData("{}", "Integrations__Webhooks__Receivers__ops__Adress", "http://127.0.0.1:1", "There is no setting Integrations:Webhooks:Receivers:ops:Adress", "the nearest is")]
    [InlineData("""{ "Integrations": true }""", "", "", "Integrations must have entries", "'True'")]
    [InlineData("{}", "Notifications__Routes", "ops", "Notifications:Routes must have entries", "'ops'")]
    [InlineData("{}", "AWOOOP_URL", "nowhere", "Silo:Url (AWOOOP_URL) must be ", "'nowhere'")]
    // The environment comes before the file.
    [InlineData("""{ "Approvals": { "Lifetime": "00:20:00" } }""", "Approvals__Lifetime", "8.00:00:00", "Approvals:Lifetime must be between 00:00:01 and 7.00:00:00", "'8.00:00:00'")]
    [InlineData("""{ "Front": { "RequestBurst": 0 } }""", "", "", "Front:RequestBurst must be between 1 and 1000000", "'0'")]
    [InlineData("""{ "Silo": { "OtlpEndpoint": "collector" } }""", "", "", "Silo:OtlpEndpoint must be an absolute http address", "'collector'")]
    [InlineData("""{ "Silo": { "Endpoint": "127.0.0.1:99999" } }""", "", "", "Silo:Endpoint must be a host and a port of 0 to 65535", "'127.0.0.1:99999'")]
    public async Task Start_WithAWrongSetting_SaysWhichInOneLine(string file, string variable, string value, string rule, string written)
    {
        var line = await StartAsync(file, variable, value);
        line.ShouldContain(rule);
        line.ShouldContain(written);
    }

    /// <summary>The web server listens last of all, when the silo would own partitions.</summary>
    [Fact]
    public async Task Start_AtAnAddressThatIsTaken_SaysSoInOneLine()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var line = await StartAsync("{}", "AWOOOP_URL", $"http://{other.LocalEndpoint}");

        line.ShouldContain("Silo:Url (AWOOOP_URL) must be an address that this process can listen on (Address already in use)");
    }

    /// <returns>The one line that it printed before it ended as invalid.</returns>
    private static async Task<string> StartAsync(string file, string variable, string value)
    {
        var folder = TestServer.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "silo.json"), file);
        var environment = new Dictionary<string, string> { ["AWOOOP_DATA"] = folder, ["AWOOOP_URL"] = $"http://127.0.0.1:{LoopbackPort.Free()}", ["AWOOOP_POSTGRES"] = "", ["SILO"] = "somebody else's" };
        if (variable.Length > 0)
            environment[variable] = value;

        var output = Path.Combine(folder, "silo.out");
        try
        {
            await using (var silo = ChildProcess.Start(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, "AwoooP.Silo.dll")], output, environment))
                (await silo.ExitedAsync()).ShouldBe(Invalid, await File.ReadAllTextAsync(output));

            return (await File.ReadAllLinesAsync(output)).ShouldHaveSingleItem();
        }
        finally
        {
            // Some settings are only known to be wrong once PostgreSQL runs.
            await new LocalPostgres(new LocalPostgresOptions { DataFolder = folder }).CrashAsync(CancellationToken.None);
        }
    }
}
