namespace AwoooP.Health;

[StatelessWorker(1)]
internal sealed class ProbeGrain : Grain, IProbeGrain
{
    public Task AnswerAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
