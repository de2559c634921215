namespace AwoooP.Client.Api;

/// <summary>A project's own terms.</summary>
public sealed record SetRetentionRequest
{
    /// <summary>Days by table, such as <c>timeline_events</c>, within the bounds that the terms name; a table that is left out has its default.</summary>
    public required IReadOnlyDictionary<string, int> Days { get; init; }
}
