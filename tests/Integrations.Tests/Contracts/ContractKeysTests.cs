using AwoooP.Contracts;
using AwoooP.Integrations.Contracts;
using AwoooP.Integrations.Tests.Peers;
using AwoooP.Testing;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Tests.Contracts;

/// <summary>The keys of contracts by their references.</summary>
public sealed class ContractKeysTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-keys-");
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Read_OfTwoKeys_KeepsTheirOrder()
    {
        await using var adapters = new Adapters(new() { ["Contracts:Keys:0:KeyId"] = "k2", ["Contracts:Keys:0:Secret"] = Secret("k2", 32), ["Contracts:Keys:1:KeyId"] = "k1", ["Contracts:Keys:1:Secret"] = Secret("k1", 64) });

        var keys = await ReadAsync(adapters);

        keys.Select(static key => key.KeyId).ShouldBe(["k2", "k1"]);
        keys.ShouldAllBe(static key => key.CanBeRead);
    }

    [Fact]
    public async Task Read_OfAKeyThatIsMissingOrShort_KeepsItWithoutItsSecret()
    {
        await using var adapters = new Adapters(new() { ["Contracts:Keys:0:KeyId"] = "gone", ["Contracts:Keys:0:Secret"] = "file:///nowhere/key", ["Contracts:Keys:1:KeyId"] = "short", ["Contracts:Keys:1:Secret"] = Secret("short", 31) });

        (await ReadAsync(adapters)).ShouldAllBe(static key => !key.CanBeRead);
    }

    [Fact]
    public async Task Read_OfAKeyThatCameBack_HasItWithinAMinute()
    {
        var secret = Secret("k", 32);
        var path = secret["file://".Length..];
        var text = await File.ReadAllTextAsync(path);
        File.Delete(path);
        await using var adapters = new Adapters(new() { ["Contracts:Keys:0:KeyId"] = "k", ["Contracts:Keys:0:Secret"] = secret }, _clock);
        (await ReadAsync(adapters)).ShouldHaveSingleItem().CanBeRead.ShouldBeFalse();

        await File.WriteAllTextAsync(path, text);
        _clock.Advance(TimeSpan.FromSeconds(61));

        (await ReadAsync(adapters)).ShouldHaveSingleItem().CanBeRead.ShouldBeTrue();
    }

    [Theory]
    [InlineData("KeyId", "a b", "the key itself is no name")]
    [InlineData("KeyId", "", "a key has a name")]
    [InlineData("Secret", "0123456789abcdef0123456789abcdef", "a key is never written into settings")]
    public async Task Options_ThatAreWrong_AreRefusedWithoutRepeatingASecret(string setting, string value, string why)
    {
        await using var adapters = new Adapters(new() { ["Contracts:Keys:0:KeyId"] = "k", ["Contracts:Keys:0:Secret"] = "env://K", [$"Contracts:Keys:0:{setting}"] = value });

        var fault = Should.Throw<OptionsValidationException>(() => adapters.Get<IOptions<ContractOptions>>().Value, why);

        fault.Message.ShouldContain($"Integrations:Contracts:Keys:0:{setting}");
        fault.Message.ShouldNotContain("0123456789abcdef");
    }

    [Fact]
    public async Task Options_WithOneNameTwice_AreRefused()
    {
        await using var adapters = new Adapters(new() { ["Contracts:Keys:0:KeyId"] = "k", ["Contracts:Keys:0:Secret"] = "env://A", ["Contracts:Keys:1:KeyId"] = "k", ["Contracts:Keys:1:Secret"] = "env://B" });

        Should.Throw<OptionsValidationException>(() => adapters.Get<IOptions<ContractOptions>>().Value).Message.ShouldContain("'k' 2 times");
    }

    private static async Task<IReadOnlyList<ContractKey>> ReadAsync(Adapters adapters) => await adapters.Get<IContractKeys>().ReadAsync(CancellationToken.None);

    private string Secret(string name, int length)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, new string('s', length) + "\n");
        return $"file://{path}";
    }
}
