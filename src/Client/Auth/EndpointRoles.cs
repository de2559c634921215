using AwoooP.Operators;
using Microsoft.AspNetCore.Authorization;

namespace AwoooP.Client.Auth;

/// <summary>Says of an endpoint what role it needs in the project that it is about.</summary>
internal sealed class RoleRequirement(OperatorRole role) : IAuthorizationRequirement
{
    public OperatorRole Role { get; } = role;
}

/// <summary>Marks what senders of alerts call: open without a key on a loopback address (see <see cref="LoopbackAccess"/>), else by an operator's key.</summary>
internal sealed class IntakeEndpoint(OperatorRole role) : IAuthorizationRequirement
{
    public OperatorRole Role { get; } = role;
}

internal static class EndpointRoles
{
    public static TBuilder Needs<TBuilder>(this TBuilder builder, OperatorRole role) where TBuilder : IEndpointConventionBuilder =>
        Add(builder, new RoleRequirement(role));

    public static TBuilder NeedsKeyUnlessLoopback<TBuilder>(this TBuilder builder, OperatorRole role) where TBuilder : IEndpointConventionBuilder =>
        Add(builder, new IntakeEndpoint(role));

    /// <summary>The policy takes the place of the fallback; the requirement stands beside it so that documents and tests can read it.</summary>
    private static TBuilder Add<TBuilder>(TBuilder builder, IAuthorizationRequirement requirement) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AuthorizationPolicyBuilder().AddRequirements(requirement).Build(), requirement);
}
