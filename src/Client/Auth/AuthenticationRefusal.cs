using AwoooP.Client.Problems;

namespace AwoooP.Client.Auth;

/// <summary>A feature of a request whose proof was looked at and not taken: what to answer where one is needed.</summary>
internal sealed record AuthenticationRefusal(ProblemDocument Problem);
