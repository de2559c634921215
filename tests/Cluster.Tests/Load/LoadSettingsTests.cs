using AwoooP.Bench.Load;

namespace AwoooP.Cluster.Tests.Load;

public sealed class LoadSettingsTests
{
    [Fact]
    public void Parse_WithoutArguments_TakesTheDefaults()
    {
        var settings = LoadSettings.Parse([]);

        (settings.Seconds, settings.Clients, settings.Rate, settings.Settle).ShouldBe((30, 8, 200, 120));
        settings.Addresses.ShouldBeEmpty();
        settings.Pace.ShouldBe(TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public void Parse_EveryOption_IsTaken()
    {
        var settings = LoadSettings.Parse(
            ["--seconds", "5", "--clients", "2", "--rate", "10", "--settle", "60", "--url", "http://one:8080", "--url", "https://two"]);

        (settings.Seconds, settings.Clients, settings.Rate, settings.Settle).ShouldBe((5, 2, 10, 60));
        settings.Addresses.ShouldBe([new Uri("http://one:8080"), new Uri("https://two")]);
    }

    [Theory]
    [InlineData("--seconds", "0", "1 to 3600")]
    [InlineData("--seconds", "3601", "1 to 3600")]
    [InlineData("--seconds", "1.5", "1 to 3600")]
    [InlineData("--clients", "257", "1 to 256")]
    [InlineData("--rate", "1001", "1 to 1000")]
    [InlineData("--settle", "9", "10 to 3600")]
    [InlineData("--url", "ftp://one", "http://")]
    [InlineData("--kill", "1", "unknown option --kill")]
    public void Parse_WhatIsOutOfBounds_IsRefusedWithTheBound(string name, string value, string told) =>
        Should.Throw<FormatException>(() => LoadSettings.Parse([name, value])).Message.ShouldContain(told);

    [Fact]
    public void Parse_OptionWithoutItsValue_IsRefused() => Should.Throw<FormatException>(static () => LoadSettings.Parse(["--seconds"]));
}
