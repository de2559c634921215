using System.Security.Cryptography;
using System.Text;
using AwoooP.Audit;
using AwoooP.Integrations.Tests.Peers;

namespace AwoooP.Integrations.Tests.Audit;

public sealed class AuditSignerTests : IDisposable
{
    private const string Project = "shop";
    private const string First = "0123456789abcdef0123456789abcdef";
    private static readonly byte[] Message = "head"u8.ToArray();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-audit-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Sign_WithAConfiguredKey_IsItsHmacOverIdAndMessage()
    {
        await using var adapters = Configured(("k1", First, null));
        var signer = adapters.Get<IAuditSigner>();

        var signature = (await signer.SignAsync(Project, Message, CancellationToken.None)).ShouldNotBeNull();

        signature.KeyId.ShouldBe("k1");
        signature.Value.ToArray().ShouldBe(HMACSHA256.HashData(Encoding.UTF8.GetBytes(First), (byte[])[.. "k1\0"u8, .. Message]));
        (await signer.CheckAsync(Project, Message, signature, CancellationToken.None)).ShouldBe(true);
        (await signer.CheckAsync(Project, "tail"u8.ToArray(), signature, CancellationToken.None)).ShouldBe(false);
        (await signer.CheckAsync(Project, Message, signature with { KeyId = "k2" }, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Check_AfterAnotherKeyWasPutFirst_StillKnowsTheOneBefore()
    {
        await using var before = Configured(("k1", First, null));
        var signature = (await before.Get<IAuditSigner>().SignAsync(Project, Message, CancellationToken.None)).ShouldNotBeNull();
        await using var after = Configured(("k2", First.ToUpperInvariant(), null), ("k1", First, null));
        var rotated = after.Get<IAuditSigner>();

        (await rotated.CheckAsync(Project, Message, signature, CancellationToken.None)).ShouldBe(true);
        var second = (await rotated.SignAsync(Project, Message, CancellationToken.None)).ShouldNotBeNull();
        second.KeyId.ShouldBe("k2");
        // A head cannot be passed off as one of the other key.
        (await rotated.CheckAsync(Project, Message, second with { KeyId = "k1" }, CancellationToken.None)).ShouldBe(false);
    }

    [Fact]
    public async Task Sign_ForAProject_IsByTheFirstKeyThatServesIt()
    {
        await using var adapters = Configured(("bank-key", First, "bank"), ("shop-key", First, "shop"));
        var signer = adapters.Get<IAuditSigner>();

        var signature = (await signer.SignAsync("shop", Message, CancellationToken.None)).ShouldNotBeNull();

        signature.KeyId.ShouldBe("shop-key");
        (await signer.CheckAsync("bank", Message, signature, CancellationToken.None)).ShouldBeNull();
        (await signer.SignAsync("mill", Message, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Sign_WhenTheFirstKeyCannotBeUsed_DoesNotPassOverIt()
    {
        await using var adapters = Configured(("k2", "short-secret", null), ("k1", First, null));

        (await adapters.Get<IAuditSigner>().SignAsync(Project, Message, CancellationToken.None)).ShouldBeNull();
    }

    private Adapters Configured(params (string KeyId, string Secret, string? Project)[] keys)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (number, key) in keys.Index())
        {
            var path = Path.Combine(_folder.FullName, $"{key.KeyId}-{number}");
            File.WriteAllText(path, key.Secret);
            settings[$"Audit:Keys:{number}:KeyId"] = key.KeyId;
            settings[$"Audit:Keys:{number}:Secret"] = $"file://{path}";
            if (key.Project is not null)
                settings[$"Audit:Keys:{number}:Projects:0"] = key.Project;
        }

        return new Adapters(settings);
    }
}
