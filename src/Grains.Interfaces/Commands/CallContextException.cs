namespace AwoooP.Commands;

/// <summary>A grain was called without a tenant, for another tenant, or at the end of too long a chain. A bug of the caller: it fails closed.</summary>
public sealed class CallContextException(string message) : Exception(message);
