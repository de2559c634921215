using AwoooP.Integrations.Signing;
using AwoooP.Integrations.Tests.Peers;
using AwoooP.Signing;
using AwoooP.Testing;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Tests.Signing;

/// <summary>The keys of every use by their references.</summary>
public sealed class SigningKeysTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-keys-");
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(SigningOptions.Audit)]
    [InlineData(SigningOptions.Contracts)]
    public async Task Read_OfTwoKeys_KeepsTheirOrderAndProjects(string use)
    {
        await using var adapters = new Adapters(new()
        {
            [$"{use}:Keys:0:KeyId"] = "k2",
            [$"{use}:Keys:0:Secret"] = Secret("k2", 32),
            [$"{use}:Keys:0:Projects:0"] = "shop",
            [$"{use}:Keys:1:KeyId"] = "k1",
            [$"{use}:Keys:1:Secret"] = Secret("k1", 64),
        });

        var keys = await ReadAsync(adapters, use);

        keys.Select(static key => (key.KeyId, key.CanBeRead, key.Serves("shop"), key.Serves("bank"))).ShouldBe([("k2", true, true, false), ("k1", true, true, true)]);
        (await ReadAsync(adapters, use == SigningOptions.Audit ? SigningOptions.Contracts : SigningOptions.Audit)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_OfAKeyThatIsMissingOrShort_KeepsItWithoutItsSecret()
    {
        await using var adapters = new Adapters(new()
        {
            ["Contracts:Keys:0:KeyId"] = "gone",
            ["Contracts:Keys:0:Secret"] = "file:///nowhere/key",
            ["Contracts:Keys:1:KeyId"] = "short",
            ["Contracts:Keys:1:Secret"] = Secret("short", 31),
        });

        var keys = await ReadAsync(adapters, SigningOptions.Contracts);

        keys.Count.ShouldBe(2);
        keys.ShouldAllBe(static key => !key.CanBeRead);
    }

    [Fact]
    public async Task Read_OfAKeyThatCameBack_HasItWithinAMinute()
    {
        var secret = Secret("k", 32);
        var path = secret["file://".Length..];
        var text = await File.ReadAllTextAsync(path);
        File.Delete(path);
        await using var adapters = new Adapters(new() { ["Contracts:Keys:0:KeyId"] = "k", ["Contracts:Keys:0:Secret"] = secret }, _clock);
        (await ReadAsync(adapters, SigningOptions.Contracts)).ShouldHaveSingleItem().CanBeRead.ShouldBeFalse();

        await File.WriteAllTextAsync(path, text);
        _clock.Advance(TimeSpan.FromSeconds(61));

        (await ReadAsync(adapters, SigningOptions.Contracts)).ShouldHaveSingleItem().CanBeRead.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Contracts", "KeyId", "a b", "the key itself is no name")]
    [InlineData("Contracts", "KeyId", "", "a key has a name")]
    [InlineData("Contracts", "Secret", "0123456789abcdef0123456789abcdef", "a key is never written into settings")]
    [InlineData("Audit", "Secret", "0123456789abcdef0123456789abcdef", "a key is never written into settings")]
    public async Task Options_ThatAreWrong_AreRefusedWithoutRepeatingASecret(string use, string setting, string value, string why)
    {
        await using var adapters = new Adapters(new() { [$"{use}:Keys:0:KeyId"] = "k", [$"{use}:Keys:0:Secret"] = "env://K", [$"{use}:Keys:0:{setting}"] = value });

        var fault = Should.Throw<OptionsValidationException>(() => Options(adapters, use), why);

        fault.Message.ShouldContain($"Integrations:{use}:Keys:0:{setting}");
        fault.Message.ShouldNotContain("0123456789abcdef");
    }

    [Fact]
    public async Task Options_WithOneNameTwice_AreRefused()
    {
        await using var adapters = new Adapters(new() { ["Contracts:Keys:0:KeyId"] = "k", ["Contracts:Keys:0:Secret"] = "env://A", ["Contracts:Keys:1:KeyId"] = "k", ["Contracts:Keys:1:Secret"] = "env://B" });

        Should.Throw<OptionsValidationException>(() => Options(adapters, SigningOptions.Contracts)).Message.ShouldContain("'k' 2 times");
    }

    private static SigningOptions Options(Adapters adapters, string use) => adapters.Get<IOptionsMonitor<SigningOptions>>().Get(use);

    private static async Task<IReadOnlyList<SigningKey>> ReadAsync(Adapters adapters, string use) => await adapters.Get<SigningKeys>().ReadAsync(use, CancellationToken.None);

    private string Secret(string name, int length)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, new string('s', length) + "\n");
        return $"file://{path}";
    }
}
