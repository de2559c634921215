namespace AwoooP.Client.Auth.Oidc;

/// <summary>Marks what anybody may call, so that it counts among the requests of its source address like what needs a key.</summary>
internal sealed class BoundBySource
{
    public static BoundBySource Instance { get; } = new();
}
