using System.Collections.Concurrent;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Hosting;

/// <summary>The directory of a grain class with one activation a key.</summary>
internal sealed class IdentityGrainHost(EmbeddedEngine engine, GrainClass grainClass) : GrainHost(engine, grainClass), IActivationOwner
{
    private readonly ConcurrentDictionary<string, Activation> _directory = new(StringComparer.Ordinal);

    public override bool IsPlaced => Engine.Cluster is not null;

    public override IEnumerable<Activation> Activations()
    {
        foreach (var (_, activation) in _directory)
            yield return activation;
    }

    public Activation? Replace(Activation retired, WaitingTurns waiting)
    {
        if (waiting.Count == 0)
        {
            _directory.TryRemove(new KeyValuePair<string, Activation>(retired.Key, retired));
            return null;
        }

        if (Engine.Cluster is { } cluster && cluster.Placement.Locate(retired.Partition).Kind != SiteKind.Here)
        {
            _directory.TryRemove(new KeyValuePair<string, Activation>(retired.Key, retired));
            waiting.DeliverAgain();
            return null;
        }

        var successor = new Activation(this, this, retired.Key, waiting);
        _directory[retired.Key] = successor;
        Created();
        return successor;
    }

    protected override EnqueueResult Enqueue(Request request)
    {
        if (_directory.TryGetValue(request.Key, out var activation) && !activation.IsGoing)
            return activation.Enqueue(request);

        if (Engine.Cluster is not { } cluster)
            return (activation ?? Activate(request.Key))?.Enqueue(request) ?? EnqueueResult.Gone;

        // One that leaves may take long to, while the next owner already serves.
        var site = cluster.Placement.Locate(request);
        if (site.Kind != SiteKind.Here)
        {
            cluster.Router.Send(request, site);
            return EnqueueResult.Elsewhere;
        }

        if (activation is not null)
            return activation.Enqueue(request);
        activation = Activate(request.Key);
        if (activation is null)
            return EnqueueResult.Gone;

        // A hand-over that began meanwhile has either seen the activation in the directory, or is seen here.
        if (cluster.Placement.Locate(request).Kind == SiteKind.Here)
            return activation.Enqueue(request);
        activation.Deactivate(Activation.Moved);
        return EnqueueResult.Gone;
    }

    private Activation? Activate(string key)
    {
        var activation = new Activation(this, this, key);
        if (!_directory.TryAdd(key, activation))
            return null;
        Created();
        return activation;
    }
}
