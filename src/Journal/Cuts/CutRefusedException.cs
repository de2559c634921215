namespace AwoooP.Journal.Cuts;

/// <summary>The log was not cut, and nothing was changed. The message says all that stands in the way, a line each.</summary>
public sealed class CutRefusedException(string message) : Exception(message);
