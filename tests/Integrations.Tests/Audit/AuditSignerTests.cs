using System.Security.Cryptography;
using System.Text;
using AwoooP.Audit;
using AwoooP.Integrations.Audit;
using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Tests.Audit;

public sealed class AuditSignerTests : IDisposable
{
    private const string First = "0123456789abcdef0123456789abcdef";
    private static readonly byte[] Message = "head"u8.ToArray();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-audit-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Sign_WithAConfiguredKey_IsItsHmacOverIdAndMessage()
    {
        var signer = Signer(Configured(("k1", Store("k1", First))));

        var signature = await signer.SignAsync(Message, CancellationToken.None);

        signature.KeyId.ShouldBe("k1");
        signature.Value.ToArray().ShouldBe(HMACSHA256.HashData(Encoding.UTF8.GetBytes(First), (byte[])[.. "k1\0"u8, .. Message]));
        (await signer.CheckAsync(Message, signature, CancellationToken.None)).ShouldBe(true);
        (await signer.CheckAsync("tail"u8.ToArray(), signature, CancellationToken.None)).ShouldBe(false);
        (await signer.CheckAsync(Message, signature with { KeyId = "k2" }, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Check_AfterAnotherKeyTookOver_StillKnowsTheFirst()
    {
        var first = Store("k1", First);
        var signature = await Signer(Configured(("k1", first))).SignAsync(Message, CancellationToken.None);
        var options = Configured(("k1", first), ("k2", Store("k2", First.ToUpperInvariant())));
        options.SigningKey = "k2";
        var rotated = Signer(options);

        (await rotated.CheckAsync(Message, signature, CancellationToken.None)).ShouldBe(true);
        var second = await rotated.SignAsync(Message, CancellationToken.None);
        second.KeyId.ShouldBe("k2");
        // A head cannot be passed off as one of the other key.
        (await rotated.CheckAsync(Message, second with { KeyId = "k1" }, CancellationToken.None)).ShouldBe(false);
    }

    [Fact]
    public async Task Sign_WithoutAnyKey_MakesOneThatOnlyItsOwnerCanRead()
    {
        var path = Path.Combine(_folder.FullName, "data", "audit.key");
        var options = new AuditKeyOptions { KeyFile = path };

        var signatures = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Signer(options).SignAsync(Message, CancellationToken.None).AsTask()));

        signatures.Select(signature => signature.KeyId).Distinct().ShouldHaveSingleItem().ShouldStartWith("local-");
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
        (await Signer(options).CheckAsync(Message, signatures[0], CancellationToken.None)).ShouldBe(true);
        (await Signer(new AuditKeyOptions { KeyFile = path + ".other" }).CheckAsync(Message, signatures[0], CancellationToken.None)).ShouldBeNull();
        File.Exists(path + ".other").ShouldBeFalse();
    }

    [Fact]
    public async Task Sign_WithAKeyThatIsTooShort_IsRefusedWithoutTellingIt()
    {
        var signer = Signer(Configured(("k1", Store("k1", "short-secret"))));

        (await Should.ThrowAsync<InvalidOperationException>(() => signer.SignAsync(Message, CancellationToken.None).AsTask())).Message.ShouldNotContain("short-secret");
    }

    [Fact]
    public void Validate_KeysThatAreNoReferences_AreRefusedWithoutTellingThem()
    {
        Faults(Configured(("k1", "plain-secret"))).ShouldHaveSingleItem().ShouldNotContain("plain-secret");
        Faults(Configured(("local-1", "env://A"))).ShouldHaveSingleItem();
        Faults(Configured(("k1", "env://A"), ("k2", "env://B"))).ShouldHaveSingleItem();
        Faults(new AuditKeyOptions { SigningKey = "k1" }).ShouldHaveSingleItem();
        Faults(Configured(("k1", "env://A"))).ShouldBeEmpty();
        Faults(new AuditKeyOptions()).ShouldBeEmpty();
    }

    private static IEnumerable<string> Faults(AuditKeyOptions options) => new ValidateAuditKeyOptions().Validate(null, options).Failures ?? [];

    private static IAuditSigner Signer(AuditKeyOptions options) => new AuditSigner(new SecretResolver(TimeProvider.System), Options.Create(options));

    private static AuditKeyOptions Configured(params (string Id, string Reference)[] keys) =>
        new() { Keys = keys.ToDictionary(key => key.Id, key => key.Reference) };

    private string Store(string name, string key)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, key);
        return $"file://{path}";
    }
}
