using AwoooP.Testing;

namespace AwoooP.EndToEnd;

/// <summary>A system that knows people by their keys, and by the tokens of an identity provider whose group <c>sre</c> signs.</summary>
public sealed class ControlPlaneSystem : SharedSystem
{
    internal TestProvider Provider { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Front__Oidc__Issuers__0__Name"] = "corp",
        ["Front__Oidc__Issuers__0__Issuer"] = Provider.Issuer,
        ["Front__Oidc__Issuers__0__Audience"] = "awooop",
        ["Front__Oidc__Issuers__0__Roles__0__Group"] = "sre",
        ["Front__Oidc__Issuers__0__Roles__0__Project"] = "awoooi",
        ["Front__Oidc__Issuers__0__Roles__0__Role"] = "Approver",
    };

    public override async Task InitializeAsync()
    {
        Provider = await TestProvider.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
