using AwoooP.Alerts;

namespace AwoooP.Grains.Tests.Alerts;

public sealed class TargetNameTests
{
    [Theory]
    [InlineData("prod/shop", "prod/shop")]
    [InlineData("-/c2", "c2")]
    [InlineData("prod/-", "prod")]
    [InlineData("-/http://10.0.0.1:9100/metrics", "http://10.0.0.1:9100/metrics")]
    [InlineData("-/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "alert 9f86d081884c")]
    public void GivenTargetOfPlan_WhenShown_ThenWithoutWhatIsNotNamed(string target, string shown) => TargetName.Of(target).ShouldBe(shown);

    [Theory]
    [InlineData("prod", "shop", "prod/shop")]
    [InlineData("-", "c2", "c2")]
    [InlineData("prod", "-", "prod")]
    [InlineData("-", "-", null)]
    public void GivenIdentity_WhenShown_ThenWithoutWhatIsNotNamed(string space, string target, string? shown) =>
        TargetName.Of(new AlertIdentity("f", "Down", space, target)).ShouldBe(shown);
}
