namespace AwoooP.Runtime.Cluster;

/// <summary>The grain is not at this silo, which was told that it is; the asking side looks for it anew. No caller sees it.</summary>
internal sealed class NotHereException() : Exception("The grain is not here.");
