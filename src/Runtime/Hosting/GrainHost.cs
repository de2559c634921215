using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runtime.Hosting;

/// <summary>
/// Everything of one grain class in this silo: where calls of its references enter, and where its activations are found.
/// </summary>
internal abstract class GrainHost : GrainBinding
{
    private readonly ObjectFactory _factory;
    private int _count;
    private long _retiredTurns;

    protected GrainHost(EmbeddedEngine engine, GrainClass grainClass)
        : base(grainClass.GrainType)
    {
        Engine = engine;
        Class = grainClass.Class;
        _factory = ActivatorUtilities.CreateFactory(grainClass.Class, Type.EmptyTypes);
    }

    public EmbeddedEngine Engine { get; }

    public Type Class { get; }

    public int Count => Volatile.Read(ref _count);

    public long Turns => Volatile.Read(ref _retiredTurns) + Activations().Sum(static activation => activation.Turns);

    /// <summary>Whether its grains are at the silo that owns their partition; false where there is one silo alone, and for stateless workers.</summary>
    public virtual bool IsPlaced => false;

    public abstract IEnumerable<Activation> Activations();

    public override Task InvokeAsync(GrainReference reference, GrainAction call, CancellationToken cancellationToken)
    {
        var filters = Engine.OutgoingFilters;
        return filters.Length == 0
            ? Send(reference, call, cancellationToken)
            : new OutgoingCall(reference, call, Turn.Ambient, filters, _ => Send(reference, call, cancellationToken)).Invoke();
    }

    public override Task<TResult> InvokeAsync<TResult>(
        GrainReference reference, GrainFunction<TResult> call, CancellationToken cancellationToken) =>
        Engine.OutgoingFilters.Length == 0
            ? Send(reference, call, cancellationToken)
            : SendFilteredAsync(reference, call, cancellationToken);

    public Grain Construct(Activation activation) => GrainConstruction.Construct(
        activation, _factory, static (factory, context) => (Grain)factory(context.ActivationServices, null));

    /// <summary>The filters of a call of this grain; null when there are none, which is the fast path.</summary>
    public IIncomingGrainCallFilter[]? Filters(Grain grain)
    {
        var filters = Engine.IncomingFilters;
        if (grain is IIncomingGrainCallFilter own)
            return [.. filters, own];
        return filters.Length == 0 ? null : filters;
    }

    public void Retired(Activation activation)
    {
        Interlocked.Add(ref _retiredTurns, activation.Turns);
        Interlocked.Decrement(ref _count);
        Engine.ActivationRetired();
    }

    /// <summary>A call that another process made.</summary>
    public void Receive(Request request) => Dispatch(request, CancellationToken.None);

    /// <summary>Takes the call to its grain, wherever that is.</summary>
    public void Deliver(Request request)
    {
        EnqueueResult result;
        do
        {
            result = Enqueue(request);
        }
        while (result == EnqueueResult.Gone);

        if (result == EnqueueResult.Overloaded)
            Refuse(request, OverloadedException.Of(request.TargetId, Engine.Options.MailboxLimit));
        else if (result == EnqueueResult.Waiting && !request.Call.Method.IsOneWay && WaitGraph.FindCycle(request) is { } chain
            && request.Target is { } target && !target.TryOvertake(request))
            Refuse(request, new CallCycleException(chain));
    }

    protected abstract EnqueueResult Enqueue(Request request);

    /// <summary>Told of each activation that entered the directory.</summary>
    protected void Created()
    {
        Interlocked.Increment(ref _count);
        Engine.ActivationCreated();
    }

    private Task Send(GrainReference reference, GrainAction call, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        var request = new AwaitedAction(reference, call, Turn.Ambient);
        Dispatch(request, cancellationToken);
        return call.Method.IsOneWay ? Task.CompletedTask : request.Answer;
    }

    private Task<TResult> Send<TResult>(GrainReference reference, GrainFunction<TResult> call, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TResult>(cancellationToken);
        var request = new AwaitedFunction<TResult>(reference, call, Turn.Ambient);
        Dispatch(request, cancellationToken);
        return request.Answer;
    }

    private async Task<TResult> SendFilteredAsync<TResult>(
        GrainReference reference, GrainFunction<TResult> call, CancellationToken cancellationToken)
    {
        var context = new OutgoingCall(
            reference, call, Turn.Ambient, Engine.OutgoingFilters, async self => self.Result = await Send(reference, call, cancellationToken));
        await context.Invoke();
        return (TResult)context.Result!;
    }

    private void Dispatch(Request request, CancellationToken cancellationToken)
    {
        if (!Engine.Accepts(request))
        {
            // Whoever asked from another silo looks for the next owner; only a refusal says so, never what a turn has thrown.
            request.Fail(request.Reply is not null ? new NotHereException() : new EngineStoppingException());
            return;
        }

        if (request.Caller is not null && !request.Call.Method.IsOneWay)
            request.Caller.Track(request);
        request.Arm(cancellationToken);
        Deliver(request);
    }

    private void Refuse(Request request, Exception refusal)
    {
        if (request.Refuse(refusal))
            Engine.Diagnostics.Refused(GrainType, refusal);
    }
}
