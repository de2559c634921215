using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Calls;

/// <summary>A call on its way through the outgoing filters, on its caller's side.</summary>
internal sealed class OutgoingCall(
    GrainReference reference, GrainCall call, Turn? caller, IOutgoingGrainCallFilter[] filters, Func<OutgoingCall, Task> send)
    : IOutgoingGrainCallContext
{
    private int _next;

    public IInvokable Request => call;

    public object Grain => reference;

    public GrainId? SourceId => caller?.Target?.GrainId;

    public GrainId TargetId => reference.GrainId;

    public string InterfaceName => call.Method.InterfaceName;

    public string MethodName => call.Method.Name;

    public object? Result { get; set; }

    public Task Invoke() => _next < filters.Length ? filters[_next++].Invoke(this) : send(this);
}
