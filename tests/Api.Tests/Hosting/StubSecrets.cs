using AwoooP.Secrets;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>Secrets that a test sets, by reference.</summary>
public sealed class StubSecrets : ISecretSource
{
    public Dictionary<string, string> Known { get; } = [];

    public ValueTask<string?> FindAsync(string reference, CancellationToken cancellationToken) => ValueTask.FromResult(Known.GetValueOrDefault(reference));
}
