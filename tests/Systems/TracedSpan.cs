namespace AwoooP.Systems;

/// <param name="ParentId">Empty for the first of a trace.</param>
/// <param name="Process">Where it was: the name of the silo or front.</param>
/// <param name="Scope">What has told of it.</param>
public sealed record TracedSpan(string TraceId, string Id, string ParentId, string Process, string Scope, string Name);
