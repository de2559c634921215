namespace AwoooP.Runtime;

/// <summary>An exception that a grain interface promises to its callers, so that they catch it as such wherever the grain is.</summary>
/// <param name="Code">Stable name on the wire.</param>
/// <param name="Type">The exact type; of a derived one the callers are told another fault.</param>
/// <param name="Create">Makes it anew from its message, at the caller.</param>
/// <param name="SaysNotDone">Whether it tells the caller that nothing was changed, which of a call that is repeated only its last attempt could know.</param>
public sealed record GrainFault(string Code, Type Type, Func<string, Exception> Create, bool SaysNotDone = false);
