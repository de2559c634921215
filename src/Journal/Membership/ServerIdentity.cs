namespace AwoooP.Journal.Membership;

/// <summary>Which history the server holds. When it changes, what this process remembers may never have happened there.</summary>
/// <param name="SystemIdentifier">Of the cluster, made by initdb.</param>
/// <param name="Timeline">Changes at a failover or a recovery to a point in time.</param>
public readonly record struct ServerIdentity(long SystemIdentifier, string Timeline);
