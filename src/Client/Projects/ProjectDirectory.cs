using System.Collections.Concurrent;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Projects;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Projects;

/// <summary>
/// Projects as their grains hold them, remembered for <see cref="FrontOptions.KeyCache"/>: that is how long a suspension by way of another front may
/// pass unseen (one by this front is seen at once). Requests that need a project which is being asked for wait for the one answer.
/// </summary>
internal sealed class ProjectDirectory(IClusterClient cluster, TimeProvider time, IOptions<FrontOptions> options)
{
    /// <summary>Names that no project has are remembered too, so that guessing does not wake a grain a guess; this bounds what guessing can fill.</summary>
    private const int MaxUnknown = 4096;

    /// <summary>How long a request waits for a newer word than the one that is known.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>How long the last word holds while no newer one is to be had: a grain that moves to another silo must not stop senders.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, KnownProject> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ProjectUse> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource<KnownProject>> _asking = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>What is known without asking anybody, or null when that is too old.</summary>
    public KnownProject? Recall(string projectId) =>
        _known.TryGetValue(projectId, out var known) && time.GetElapsedTime(known.BelievedSince) <= options.Value.KeyCache ? known : null;

    public ValueTask<KnownProject> FindAsync(string projectId, CancellationToken cancellationToken) =>
        Recall(projectId) is { } known ? ValueTask.FromResult(known) : new ValueTask<KnownProject>(AskAsync(projectId, cancellationToken));

    /// <summary>After a change by way of this front.</summary>
    public void Forget(string projectId)
    {
        lock (_gate)
        {
            // What is on its way may be from before the change: it is told to those who wait for it, and not remembered.
            _asking.Remove(projectId);
            _known.TryRemove(projectId, out _);
        }
    }

    private async Task<KnownProject> AskAsync(string projectId, CancellationToken cancellationToken)
    {
        var answer = Ask(projectId);
        if (!_known.TryGetValue(projectId, out var before) || time.GetElapsedTime(before.ReadAt) > Patience)
            return await answer.WaitAsync(cancellationToken);

        try
        {
            return await answer.WaitAsync(Wait, time, cancellationToken);
        }
        catch (Exception fault) when (FaultMiddleware.IsForNow(fault) && !cancellationToken.IsCancellationRequested)
        {
            _known.TryUpdate(projectId, before with { BelievedSince = time.GetTimestamp() }, before);
            return before;
        }
    }

    private Task<KnownProject> Ask(string projectId)
    {
        TaskCompletionSource<KnownProject> answer;
        lock (_gate)
        {
            if (_asking.TryGetValue(projectId, out var asked))
                return asked.Task;

            answer = new TaskCompletionSource<KnownProject>(TaskCreationOptions.RunContinuationsAsynchronously);
            _asking.Add(projectId, answer);
        }

        _ = ReadAsync(projectId, answer);
        return answer.Task;
    }

    private async Task ReadAsync(string projectId, TaskCompletionSource<KnownProject> answer)
    {
        try
        {
            var started = time.GetTimestamp();
            CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform };
            var view = await cluster.GetGrain<IProjectGrain>($"{projectId}/{IProjectGrain.Key}").GetAsync(CancellationToken.None);
            // Whoever asks for one that is being taken out learns what they will learn when nothing of it is left.
            if (view is { Status: ProjectStatus.Removing })
                view = null;

            var use = view is null ? new ProjectUse(projectId, time) : _uses.GetOrAdd(projectId, static (id, clock) => new ProjectUse(id, clock), time);
            var known = new KnownProject(projectId, view, use, started, started);
            Remember(projectId, known, answer);
            answer.SetResult(known);
        }
        catch (Exception fault)
        {
            Remember(projectId, null, answer);
            answer.SetException(fault);
        }
    }

    private void Remember(string projectId, KnownProject? known, TaskCompletionSource<KnownProject> answer)
    {
        lock (_gate)
        {
            // Forgotten since it was asked for.
            if (!_asking.TryGetValue(projectId, out var current) || current != answer)
                return;

            _asking.Remove(projectId);
            if (known is null)
                return;

            if (known.View is null && _known.Count >= MaxUnknown)
            {
                foreach (var (name, _) in _known.Where(static entry => entry.Value.View is null))
                    _known.TryRemove(name, out _);
            }

            _known[projectId] = known;
        }
    }
}
