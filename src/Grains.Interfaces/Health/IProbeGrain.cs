namespace AwoooP.Health;

/// <summary>Answers at once, at any silo: whether calls get through, whoever owns what. Key: <see cref="Key"/>.</summary>
public interface IProbeGrain : IGrainWithStringKey
{
    const string Key = "probe";

    [ReadOnly]
    Task AnswerAsync(CancellationToken cancellationToken);
}
