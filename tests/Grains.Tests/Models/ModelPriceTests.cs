using System.Text;
using AwoooP.Budgets;
using AwoooP.Models;

namespace AwoooP.Grains.Tests.Models;

public sealed class ModelPriceTests
{
    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(1, 0, "0.0001")]
    [InlineData(1_000_000, 0, "2.5")]
    [InlineData(0, 1_000_000, "10")]
    [InlineData(123_456, 7_890, "0.3876")]
    [InlineData(40, 0, "0.0001")]
    [InlineData(41, 0, "0.0002")]
    public void Cost_OfTokens_IsRoundedUpToTheLedgersPlaces(int prompt, int completion, string usd) =>
        new ModelPrice(2.5m, 10m).CostOf(prompt, completion)
            .ShouldBe(new Spending(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), prompt + completion));

    [Fact]
    public void Cost_OfAFreeModel_IsNothing() => new ModelPrice(0, 0).CostOf(1000, 1000).Usd.ShouldBe(0);

    /// <summary>A tokenizer over bytes makes at most one token of each.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("狗 🛑 é")]
    public void PromptTokens_AtMost_AreNoFewerThanItsBytes(string text) =>
        PromptTokens.AtMost([new ModelMessage(ModelRole.User, text)]).ShouldBeGreaterThanOrEqualTo(Encoding.UTF8.GetByteCount(text));
}
