namespace AwoooP.Integrations.Secrets;

/// <summary>A secret could not be read. Names the reference, which is no secret, and never the value.</summary>
internal sealed class SecretUnavailableException(string reference, string? cause = null)
    : Exception(cause is null ? $"The secret {reference} is missing or empty." : $"The secret {reference} could not be read ({cause}).");
