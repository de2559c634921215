using AwoooP.Integrations.Models;
using AwoooP.Integrations.Tests.Peers;
using AwoooP.Models;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Tests.Models;

public sealed class ModelPricesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task BuiltInTable_HasPricesOfWhatItNames()
    {
        await using var adapters = new Adapters([]);
        var prices = adapters.Get<IModelPrices>();

        prices.Find("openai", "gpt-4.1", Now).ShouldBe(new ModelPrice(2, 8));
        prices.Find("openai", "gpt-4.1", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBeNull("it did not hold yet");
        prices.Find("openai", "gpt-0", Now).ShouldBeNull();
        prices.Find("another", "gpt-4.1", Now).ShouldBeNull();
    }

    [Fact]
    public async Task Find_OfAModelWithSeveralPrices_IsTheOneThatHoldsThen()
    {
        await WriteAsync(Entry("2026-02-01T00:00:00Z", 3), Entry("2026-01-01T00:00:00Z", 1), Entry("2026-01-15T16:00:00+08:00", 2));
        await using var adapters = WithFile();
        var prices = adapters.Get<IModelPrices>();

        prices.Find("local", "small", Now).ShouldBe(new ModelPrice(2, 2));
        prices.Find("local", "small", Now.AddTicks(-1)).ShouldBe(new ModelPrice(1, 1));
        prices.Find("local", "small", Now.AddMonths(1)).ShouldBe(new ModelPrice(3, 3));
        prices.Find("openai", "gpt-4.1", Now).ShouldBeNull("the file replaces the built-in table whole");
    }

    [Theory]
    [InlineData("""{"prices":[{"provider":"local","model":"small","prompt_usd_per_million":-1,"completion_usd_per_million":1,"effective_from":"2026-01-01T00:00:00Z"}]}""", "$.prices[0]")]
    [InlineData("""{"prices":[{"provider":"","model":"small","prompt_usd_per_million":1,"completion_usd_per_million":1,"effective_from":"2026-01-01T00:00:00Z"}]}""", "provider must have")]
    [InlineData("""{"prices":[{"provider":"local","model":"small 1","prompt_usd_per_million":1,"completion_usd_per_million":1,"effective_from":"2026-01-01T00:00:00Z"}]}""", "model must have 1 to 64 letters")]
    [InlineData("""{"prices":[{"provider":"local","model":"small","prompt_usd_per_million":10001,"completion_usd_per_million":1,"effective_from":"2026-01-01T00:00:00Z"}]}""", "0 to 10000")]
    [InlineData("""{"prices":[{"provider":"local","model":"small","prompt_usd_per_million":1,"effective_from":"2026-01-01T00:00:00Z"}]}""", "is not a price table")]
    [InlineData("""{"prices":[{"provider":"local","model":"small","prompt_usd_per_million":1,"completion_usd_per_million":1,"effective_from":"2026-01-01T00:00:00Z","per":"token"}]}""", "is not a price table")]
    [InlineData("""{"prices":[null]}""", "$.prices[0]")]
    [InlineData("""{"prices":null}""", "has no prices")]
    [InlineData("""[]""", "is not a price table")]
    [InlineData("""prices""", "is not a price table")]
    public async Task File_ThatIsNoPriceTable_IsRefusedAtTheStart(string text, string why)
    {
        await File.WriteAllTextAsync(_file, text);

        await ShouldBeRefusedAsync(why);
    }

    [Fact]
    public async Task File_WithTwoPricesOfOneTime_IsRefusedAtTheStart()
    {
        await WriteAsync(Entry("2026-01-01T00:00:00Z", 1), Entry("2026-01-01T08:00:00+08:00", 2));

        await ShouldBeRefusedAsync("has two prices of local small");
    }

    private async Task ShouldBeRefusedAsync(string why)
    {
        await using var adapters = WithFile();

        Should.Throw<OptionsValidationException>(() => adapters.Get<IOptions<ModelOptions>>().Value).Message.ShouldContain(why);
    }

    private Adapters WithFile() => new(new() { ["Models:Prices"] = _file });

    private Task WriteAsync(params string[] entries) => File.WriteAllTextAsync(_file, $$"""{"prices":[{{string.Join(",", entries)}}]}""");

    private static string Entry(string from, int usd) =>
        $$"""{"provider":"local","model":"small","prompt_usd_per_million":{{usd}},"completion_usd_per_million":{{usd}},"effective_from":"{{from}}"}""";
}
