using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call on its way through the incoming filters, inside its turn.</summary>
internal sealed class IncomingCall(Request request, Grain grain, IIncomingGrainCallFilter[] filters, Func<IncomingCall, Task> invoke)
    : IIncomingGrainCallContext
{
    private int _next;

    public IInvokable Request => request.Call;

    public object Grain => grain;

    public GrainId? SourceId => request.Caller?.Target?.GrainId;

    public GrainId TargetId => request.TargetId;

    public string InterfaceName => request.Call.Method.InterfaceName;

    public string MethodName => request.Call.Method.Name;

    public object? Result { get; set; }

    public IGrainContext TargetContext => grain.GrainContext;

    public static async ValueTask RunAsync(
        Request request, Grain grain, IIncomingGrainCallFilter[] filters, GrainAction call, CancellationToken token) =>
        await new IncomingCall(request, grain, filters, _ => call.InvokeAsync(grain, token).AsTask()).Invoke();

    public static async ValueTask<TResult> RunAsync<TResult>(
        Request request, Grain grain, IIncomingGrainCallFilter[] filters, GrainFunction<TResult> call, CancellationToken token)
    {
        var context = new IncomingCall(request, grain, filters, async self => self.Result = await call.InvokeAsync(grain, token));
        await context.Invoke();
        return (TResult)context.Result!;
    }

    public Task Invoke() => _next < filters.Length ? filters[_next++].Invoke(this) : invoke(this);
}
