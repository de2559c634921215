namespace AwoooP.Records.Tests.Queries;

public sealed class LabelMatcherTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "CheckoutDown", ["pod"] = "a" };

    [Theory]
    [InlineData("pod", "a", false, true, true)]
    [InlineData("pod", "b", false, true, false)]
    [InlineData("pod", "b", false, false, true)]
    [InlineData("absent", "", false, true, true)]
    [InlineData("alertname", "Checkout.*", true, true, true)]
    [InlineData("alertname", "heckout", true, true, false)]
    [InlineData("alertname", "A|CheckoutDown", true, true, true)]
    [InlineData("alertname", "Checkout.*", true, false, false)]
    [InlineData("absent", ".+", true, false, true)]
    public void Matches_AsAlertmanagerDoes(string name, string value, bool isRegex, bool isEqual, bool expected) =>
        new LabelMatcher(name, value, isRegex, isEqual).Matches(Labels).ShouldBe(expected);

    [Theory]
    [InlineData("(")]
    [InlineData("(a)\\1")]
    public void LabelMatcher_OfABadPattern_IsRefused(string pattern) => Should.Throw<Exception>(() => new LabelMatcher("pod", pattern, true)).ShouldBeAssignableTo<SystemException>();
}
