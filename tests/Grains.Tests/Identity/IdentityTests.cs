using System.Security.Cryptography;
using System.Text;
using AwoooP.Alerts;
using AwoooP.Identity;
using AwoooP.Incidents;
using AwoooP.Playbooks;
using AwoooP.Time;

namespace AwoooP.Grains.Tests.Identity;

public sealed class IdentityTests
{
    private static readonly DateTimeOffset Evening = new(2026, 1, 15, 17, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("deployment,service,pod", "deployment")]
    [InlineData("service,instance,job", "service")]
    [InlineData("job,instance", "instance")]
    [InlineData("node,container", "container")]
    [InlineData("statefulset,daemonset", "statefulset")]
    [InlineData("job", "job")]
    [InlineData("pod", "-")]
    public void From_GivenLabels_TakesTheTargetInOrder(string names, string expected)
    {
        var labels = names.Split(',').ToDictionary(name => name, name => name);
        labels["alertname"] = "Down";

        AlertIdentity.From(labels).Target.ShouldBe(expected);
    }

    [Fact]
    public void From_GivenLabels_HashesNamespaceTargetAndName()
    {
        var identity = AlertIdentity.From(new Dictionary<string, string> { ["alertname"] = "Down", ["namespace"] = "prod", ["deployment"] = "web", ["severity"] = "critical" });

        identity.ShouldBe(new AlertIdentity(Sha256("prod:web:Down"), "Down", "prod", "web"));
    }

    [Fact]
    public void From_GivenNothingToGoBy_IsStillAnIdentity() =>
        AlertIdentity.From(new Dictionary<string, string> { ["namespace"] = "" }).ShouldBe(new AlertIdentity(Sha256("-:-:-"), "-", "-", "-"));

    [Fact]
    public void From_GivenSameCause_GivesSameUuidV7WithTheTime()
    {
        var id = DerivedId.From(Evening, "1.2.3/run");

        id.ShouldBe(DerivedId.From(Evening, "1.2.3/run"));
        id.ShouldNotBe(DerivedId.From(Evening, "1.2.3/approval"));
        id.Version.ShouldBe(7);
        id.Variant.ShouldBeInRange(8, 11);
        Convert.ToInt64(id.ToString("N")[..12], 16).ShouldBe(Evening.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Derive_GivenLateEvening_UsesTheDateOfThePlatformZone()
    {
        var id = IncidentId.Derive(PlatformZone.Default, Evening, "1.2.3", 0);

        id.ShouldStartWith("INC-20260116-");
        id.ShouldBe(IncidentId.Derive(PlatformZone.Default, Evening, "1.2.3", 0));
        id.ShouldNotBe(IncidentId.Derive(PlatformZone.Default, Evening, "1.2.3", 1));
        IncidentId.IsValid(id).ShouldBeTrue();
        PlaybookId.IsValid(PlaybookId.Derive(PlatformZone.Default, Evening, "x")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("INC-20260115-ABCDEF", true)]
    [InlineData("INC-20260115-ABCDEI", false)]
    [InlineData("INC-20260115-ABCDE", false)]
    [InlineData("INC-2026011A-ABCDEF", false)]
    [InlineData("inc-20260115-ABCDEF", false)]
    [InlineData("PB-20260115-ABCDEF", false)]
    public void IsValid_GivenText_KnowsAnIncidentId(string id, bool valid) => IncidentId.IsValid(id).ShouldBe(valid);

    [Fact]
    public void Encode_GivenBytes_WritesFiveBitsACharacter()
    {
        CrockfordBase32.Encode([0x00, 0x00, 0x00, 0x00], 6).ShouldBe("000000");
        CrockfordBase32.Encode([0xFF, 0xFF, 0xFF, 0xFF], 6).ShouldBe("ZZZZZZ");
        CrockfordBase32.Encode([0b00001_000, 0b10_00011_0, 0b0100_0010, 0b1_0011000], 6).ShouldBe("123456");
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
