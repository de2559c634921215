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

    private const string Canceled = "canceled";
    private const string Timeout = "timeout";
    public const string Overloaded = "overloaded";
    private const string Cycle = "cycle";
    private const string LeaseLost = "lease_lost";
    public const string Unplaced = "unplaced";
    public const string UnknownMethod = "unknown_method";
    private const string Unhandled = "unhandled";
    private const int MaxMessage = 4096;
    private const string ChainSeparator = "\n";

    /// <param name="hasRun">The turn had started: what it throws says nothing of whether this call changed anything.</param>
    public static void Write(FrameWriter frame, long id, Exception fault, bool hasRun, IReadOnlyList<GrainFault> promised)
    {
        frame.Int64(id);
        var (code, message) = fault switch
        {
            OperationCanceledException => (Canceled, ""),
            CallTimeoutException => (Timeout, ""),
            OverloadedException overloaded when !hasRun => (Overloaded, overloaded.Message),
            CallCycleException cycle => (Cycle, string.Join(ChainSeparator, cycle.Chain)),
            LeaseLostException => (LeaseLost, ""),
            NotHereException when !hasRun => (NotHere, ""),
            CallLostException => (Lost, ""),
            GrainUnplacedException when !hasRun => (Unplaced, ""),
            UnknownGrainMethodException unknown when !hasRun => (UnknownMethod, unknown.Message),
            _ => promised.FirstOrDefault(known => known.Type == fault.GetType()) is { } known
                ? (known.Code, fault.Message)
                : (Unhandled, $"{fault.GetType().Name}: {fault.Message}"),
        };
        Write(frame, code, message);
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

    /// <summary>The fault as the caller of the request knows it.</summary>
    public static Exception Restore(string code, string message, Request request, IReadOnlyList<GrainFault> promised) => code switch
    {
        Canceled => new OperationCanceledException("The called grain was told to stop."),
        Timeout => new CallTimeoutException(request.TargetId, request.Call.Method.Name, request.Patience),
        Overloaded => new OverloadedException(message),
        Cycle => new CallCycleException(message.Split(ChainSeparator)),
        Lost => new CallLostException(request.TargetId, request.Call.Method.Name),
        LeaseLost => new LeaseLostException(request.TargetId),
        Unplaced or NotHere => new GrainUnplacedException(request.TargetId),
        UnknownMethod => new UnknownGrainMethodException(message),
        _ => promised.FirstOrDefault(known => known.Code == code)?.Create(message) ?? new RemoteGrainException(request.TargetId, message),
    };

    private static void Write(FrameWriter frame, string code, string message)
    {
        frame.Text(code);
        frame.Text(message.Length <= MaxMessage ? message : message[..MaxMessage]);
    }
}
