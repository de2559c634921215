using System.Collections.Concurrent;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Hosting;

/// <summary>The directory of a stateless worker: a pool of interchangeable activations a key.</summary>
internal sealed class StatelessWorkerHost(EmbeddedEngine engine, GrainClass grainClass) : GrainHost(engine, grainClass)
{
    private readonly int _maxWorkers = grainClass.MaxLocalWorkers is > 0 and var max ? max : Environment.ProcessorCount;
    private readonly ConcurrentDictionary<string, WorkerPool> _pools = new(StringComparer.Ordinal);

    public override IEnumerable<Activation> Activations()
    {
        foreach (var (_, pool) in _pools)
        {
            foreach (var worker in pool.Workers())
                yield return worker;
        }
    }

    protected override EnqueueResult Enqueue(Request request)
    {
        if (Engine.Cluster is { Placement.IsClient: true } cluster)
        {
            cluster.Router.SendToAny(request);
            return EnqueueResult.Elsewhere;
        }

        var pool = _pools.GetOrAdd(request.Key, static (key, host) => new WorkerPool(host, key), this);
        return pool.Choose() is { } worker ? worker.Enqueue(request) : EnqueueResult.Gone;
    }

    /// <summary>The workers of one key.</summary>
    private sealed class WorkerPool(StatelessWorkerHost host, string key) : IActivationOwner
    {
        private readonly Lock _gate = new();
        private readonly List<Activation> _workers = [];
        private bool _isClosed;

        public Activation[] Workers()
        {
            lock (_gate)
                return [.. _workers];
        }

        /// <returns>An idle worker, else a new one, else the one with the least to do; null when the pool has just been given up.</returns>
        public Activation? Choose()
        {
            lock (_gate)
            {
                if (_isClosed)
                    return null;
                var best = _workers.MinBy(static worker => worker.Load);
                if (best is not null && (best.Load == 0 || _workers.Count >= host._maxWorkers))
                    return best;
                return Add(default);
            }
        }

        public Activation? Replace(Activation retired, WaitingTurns waiting)
        {
            lock (_gate)
            {
                _workers.Remove(retired);
                if (waiting.Count > 0)
                    return Add(waiting);
                if (_workers.Count == 0)
                {
                    _isClosed = true;
                    host._pools.TryRemove(new KeyValuePair<string, WorkerPool>(key, this));
                }

                return null;
            }
        }

        private Activation Add(WaitingTurns waiting)
        {
            var worker = new Activation(host, this, key, waiting);
            _workers.Add(worker);
            host.Created();
            return worker;
        }
    }
}
