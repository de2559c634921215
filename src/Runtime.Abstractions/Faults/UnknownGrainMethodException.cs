namespace AwoooP.Runtime;

/// <summary>The call was refused and not run: the silo that owns the grain runs a version without this grain type, interface or method.</summary>
public sealed class UnknownGrainMethodException(string message) : Exception(message);
