namespace AwoooP.Client.Audit;

/// <summary>Who a request is of though it was not let in, such as one with a key that has ended. A feature of the request; without it nobody is known.</summary>
/// <param name="Project">Where it is told: the project that is theirs when none is named.</param>
internal sealed record KnownPrincipal(string OperatorId, string Project, string Method);
