namespace AwoooP.Journal.Tenants;

/// <summary>A tenant is not exported or taken out, or not yet. What was done before stands, and can be gone on with.</summary>
/// <param name="message">For a person: what stands in the way and what to do.</param>
public sealed class TenantException(TenantFault fault, string message) : Exception(message)
{
    public TenantFault Fault { get; } = fault;
}

public enum TenantFault
{
    None = 0,

    /// <summary>There is nothing of the project.</summary>
    NotFound,

    /// <summary>Something stands in the way that people can change.</summary>
    Refused,

    /// <summary>It took longer than it may; the same again goes on.</summary>
    NotYet,

    /// <summary>Something that should not happen, or a check that found a difference.</summary>
    Failed,
}
