namespace AwoooP.Journal.Reports;

/// <param name="Grain"><c>{type}/{key}</c>.</param>
/// <param name="CallsPerSecond">Turns that it started: calls, and ticks of its timers.</param>
public sealed record HotGrain(string Grain, double CallsPerSecond);
