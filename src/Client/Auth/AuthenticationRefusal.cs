using AwoooP.Client.Problems;

namespace AwoooP.Client.Auth;

/// <summary>A feature of a request whose proof was looked at and not taken: what to answer where one is needed.</summary>
/// <param name="Cause">What is wrong with the proof: not the answer where too many of its source were wrong, and what goes on record all the same.</param>
internal sealed record AuthenticationRefusal(ProblemDocument Problem, ProblemDocument Cause);
