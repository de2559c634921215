using AwoooP.Runtime.Calls;

namespace AwoooP.Runtime.Cluster;

/// <summary>
/// A fault on the wire: a code and a message. The engine's own faults and those that the grains' interfaces promise come out as what
/// they went in; of any other the caller learns the name and the message.
/// </summary>
internal static class FaultFrame
{
    /// <summary>The call was surely not run, and should go elsewhere.</summary>
    public const string NotHere = "not_here";

    /// <summary>The silo that it was sent on to was lost.</summary>
    public const string Lost = "lost";

    private const string Unhandled = "unhandled";
    private const int MaxMessage = 4096;
    private const string ChainSeparator = "\n";

    private static readonly EngineFault[] Own =
    [
        EngineFault.Of<OperationCanceledException>("canceled", static (_, _) => new OperationCanceledException("The called grain was told to stop.")),
        EngineFault.Of<CallTimeoutException>("timeout", static (_, request) => new CallTimeoutException(request.TargetId, request.Call.Method.Name, request.Timeout)),
        EngineFault.Of<CallCycleException>("cycle", static (message, _) => new CallCycleException(message.Split(ChainSeparator)), static fault => string.Join(ChainSeparator, fault.Chain)),
        EngineFault.Of<CallLostException>(Lost, static (_, request) => new CallLostException(request.TargetId, request.Call.Method.Name)),
        EngineFault.Of<LeaseLostException>("lease_lost", static (_, request) => new LeaseLostException(request.TargetId)),
        EngineFault.RefusalOf<OverloadedException>("overloaded", static (message, _) => new OverloadedException(message), static fault => fault.Message),
        EngineFault.RefusalOf<NotHereException>(NotHere, static (_, request) => new GrainUnplacedException(request.TargetId)),
        EngineFault.RefusalOf<GrainUnplacedException>("unplaced", static (_, request) => new GrainUnplacedException(request.TargetId)),
        EngineFault.RefusalOf<UnknownGrainMethodException>("unknown_method", static (message, _) => new UnknownGrainMethodException(message), static fault => fault.Message),
    ];

    /// <param name="hasRun">The turn had started: what it throws says nothing of whether this call changed anything.</param>
    public static void Write(FrameWriter frame, long id, Exception fault, bool hasRun, IReadOnlyList<GrainFault> promised)
    {
        frame.Int64(id);
        if (Own.FirstOrDefault(own => own.Type.IsInstanceOfType(fault) && !(own.IsRefusal && hasRun)) is { } own)
            Write(frame, own.Code, own.Message(fault));
        else if (promised.FirstOrDefault(known => known.Type == fault.GetType()) is { } known)
            Write(frame, known.Code, fault.Message);
        else
            Write(frame, Unhandled, $"{fault.GetType().Name}: {fault.Message}");
    }

    public static void Write(FrameWriter frame, long id, string code)
    {
        frame.Int64(id);
        Write(frame, code, "");
    }

    /// <param name="fault">What follows the id.</param>
    public static (string Code, string Message) Read(ReadOnlySpan<byte> fault)
    {
        var frame = new FrameReader(fault);
        return (frame.Text(), frame.Text());
    }

    /// <summary>Whether it says that the call was surely not run.</summary>
    public static bool IsRefusal(string code) => Own.Any(own => own.IsRefusal && own.Code == code);

    /// <summary>The fault as the caller of the request knows it.</summary>
    public static Exception Restore(string code, string message, Request request, IReadOnlyList<GrainFault> promised) =>
        Own.FirstOrDefault(own => own.Code == code)?.Restore(message, request)
        ?? promised.FirstOrDefault(known => known.Code == code)?.Create(message)
        ?? new RemoteGrainException(request.TargetId, message);

    private static void Write(FrameWriter frame, string code, string message)
    {
        frame.Text(code);
        frame.Text(message.Length <= MaxMessage ? message : message[..MaxMessage]);
    }
}
