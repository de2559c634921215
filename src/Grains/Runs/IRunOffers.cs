namespace AwoooP.Runs;

/// <summary>Tells the workers of this silo, in memory, that a run may be claimed. A hint and never authority: it may be dropped, since the run offers itself again.</summary>
public interface IRunOffers
{
    void Offer(RunOffer offer);
}

/// <param name="RunId">The run's key within its project.</param>
public readonly record struct RunOffer(string ProjectId, string RunId)
{
    public string Key => $"{ProjectId}/{RunId}";
}
