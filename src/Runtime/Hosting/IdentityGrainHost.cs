using System.Collections.Concurrent;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Hosting;

/// <summary>The directory of a grain class with one activation a key.</summary>
internal sealed class IdentityGrainHost(EmbeddedEngine engine, GrainClass grainClass) : GrainHost(engine, grainClass), IActivationOwner
{
    private readonly ConcurrentDictionary<string, Activation> _directory = new(StringComparer.Ordinal);

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

        var successor = new Activation(this, this, retired.Key, waiting);
        _directory[retired.Key] = successor;
        Created();
        return successor;
    }

    protected override EnqueueResult Enqueue(Request request)
    {
        if (_directory.TryGetValue(request.Key, out var activation))
            return activation.Enqueue(request);

        activation = new Activation(this, this, request.Key);
        if (!_directory.TryAdd(request.Key, activation))
            return EnqueueResult.Gone;
        Created();
        return activation.Enqueue(request);
    }
}
