using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>A run that has come to one of its ends.</summary>
internal sealed record EndedRun(DecodedEvent Event, RunRecord Run);
