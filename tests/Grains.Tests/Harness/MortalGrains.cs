using System.Reflection;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Grain references as one life of a worker holds them: each call passes a step of it before it is sent and another when its answer arrives.</summary>
internal sealed partial class MortalGrains(IGrainFactory inner, WorkerLife life) : IGrainFactory
{
    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException("Work names its grains by interface.");

    public TGrain GetGrain<TGrain>(string key, string? grainClassNamePrefix = null)
        where TGrain : IGrainWithStringKey
    {
        var proxy = DispatchProxy.Create<TGrain, MortalReference>();
        ((MortalReference)(object)proxy).Attach(inner.GetGrain<TGrain>(key), life);
        return proxy;
    }
}

/// <summary>A reference that is as mortal as its holder.</summary>
public class MortalReference : DispatchProxy
{
    private static readonly MethodInfo Guarded = typeof(MortalReference).GetMethod(nameof(GuardAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private object _inner = null!;
    private WorkerLife _life = null!;

    internal void Attach(object inner, WorkerLife life)
    {
        _inner = inner;
        _life = life;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod ?? throw new InvalidOperationException("A call without a method.");
        return Guarded.MakeGenericMethod(method.ReturnType.GetGenericArguments()[0]).Invoke(this, [method, args]);
    }

    private async Task<T> GuardAsync<T>(MethodInfo method, object?[]? args)
    {
        // Heartbeats come by the clock and not by the worker's progress, so they are not counted as steps; a dead worker sends none.
        var counts = method.Name != nameof(IRunGrain.HeartbeatAsync);
        if (counts || _life.Death.IsCompleted)
            _life.Pass($"{method.Name}:before");
        var answer = await (Task<T>)method.Invoke(_inner, args)!;
        if (counts || _life.Death.IsCompleted)
            _life.Pass($"{method.Name}:after");
        return answer;
    }
}
