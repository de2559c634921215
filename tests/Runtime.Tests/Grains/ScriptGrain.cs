using System.Collections.Concurrent;

namespace AwoooP.Runtime.Tests;

internal sealed class ScriptGrain(ConcurrentQueue<string> diary, ScriptLifecycle lifecycle) : Grain, IScriptGrain, IScriptStage
{
    public IGrainFactory Grains => GrainFactory;

    public int Generation { get; private set; }

    public int Counter { get; set; }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Generation = lifecycle.NextGeneration(this.GetPrimaryKeyString());
        await lifecycle.Activating(this, cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Note($"{this.GetPrimaryKeyString()} leaves: {reason.ReasonCode}");
        await lifecycle.Deactivating(this, cancellationToken);
    }

    public Task RunAsync(Script script, CancellationToken cancellationToken) => script(this, cancellationToken);

    public Task ReadAsync(Script script, CancellationToken cancellationToken) => script(this, cancellationToken);

    public Task InterleaveAsync(Script script, CancellationToken cancellationToken) => script(this, cancellationToken);

    public Task TellAsync(Script script, CancellationToken cancellationToken) => script(this, cancellationToken);

    public Task<int> AddAsync(int left, int right) => Task.FromResult(left + right);

    public ValueTask<string> EchoAsync(string text) => ValueTask.FromResult(text);

    public ValueTask TouchAsync()
    {
        Counter++;
        return ValueTask.CompletedTask;
    }

    public Task<int> GenerationAsync(CancellationToken cancellationToken) => Task.FromResult(Generation);

    public void Note(string entry) => diary.Enqueue(entry);

    public void Leave() => DeactivateOnIdle();

    public void Stay(TimeSpan span) => DelayDeactivation(span);
}
