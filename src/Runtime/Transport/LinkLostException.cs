namespace AwoooP.Runtime.Transport;

/// <summary>A link ended without both goodbyes: what was sent last may or may not have arrived.</summary>
internal sealed class LinkLostException(string message, Exception? inner = null) : Exception(message, inner);
