namespace AwoooP.Silo.Hosting;

/// <summary>Where this silo takes calls of other silos.</summary>
/// <param name="Listens"><c>host:port</c>, with a port that was free.</param>
/// <param name="Told">What the others find in the table of silos. Orleans' form ends in <c>@</c> and the generation of the process; the embedded engine's has no such sign.</param>
internal sealed record ChosenEndpoint(string Listens, string Told);
