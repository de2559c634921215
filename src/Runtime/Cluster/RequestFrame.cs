using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Cluster;

/// <summary>
/// A call on the wire, behind its <see cref="RequestHeader"/>. What a silo of another version may not know is a name's hash, never a position in a list; arguments and
/// context values are JSON, so that a newer silo may add to them.
/// </summary>
internal static class RequestFrame
{
    private const int TraceIdSize = 16;
    private const int SpanIdSize = 8;

    public static void Write(FrameWriter frame, long id, Request request, EngineOptions options)
    {
        var method = request.Call.Method;
        var trace = request.Trace;
        var flags = (method.IsOneWay ? RequestFlags.OneWay : 0) | (trace.TraceId == default ? 0 : RequestFlags.Traced)
            | (request.Values is null ? 0 : RequestFlags.WithContext) | (request.Host.IsPlaced ? 0 : RequestFlags.Anywhere);
        new RequestHeader(id, flags, 0, request.Remaining(), request.Partition, WireName.Of(request.Host.GrainType)).Write(frame);
        frame.UInt32(WireName.Of(method.InterfaceName));
        frame.UInt32(method.Id);
        frame.Text(request.Key);
        if ((flags & RequestFlags.Traced) != 0)
            WriteTrace(frame, trace);
        WriteCallers(frame, WaitingCaller.Of(request));
        if (request.Values is { } values)
            WriteContext(frame, values, options);
        if (request.Call.GetArgumentCount() > 0)
            frame.Json((request.Call, options.Messages), static (json, state) => GrainArguments.WriteAll(json, state.Messages, state.Call));
    }

    /// <summary>What follows the header, but for the arguments.</summary>
    /// <exception cref="InvalidDataException">It is not what <see cref="Write"/> writes.</exception>
    public static ReceivedCall Read(in RequestHeader header, ref FrameReader frame, EngineOptions options)
    {
        var (grainInterface, method) = (frame.UInt32(), frame.UInt32());
        var key = frame.Text();
        var trace = (header.Flags & RequestFlags.Traced) != 0 ? ReadTrace(ref frame) : default;
        var callers = ReadCallers(ref frame);
        var values = (header.Flags & RequestFlags.WithContext) != 0 ? ReadContext(ref frame, options) : null;
        return new ReceivedCall(header, grainInterface, method, key, trace, callers, values);
    }

    /// <exception cref="JsonException">They are not arguments of this method.</exception>
    public static void ReadArguments(ReadOnlySpan<byte> arguments, GrainCall call, JsonSerializerOptions messages)
    {
        if (call.GetArgumentCount() == 0)
            return;
        var json = new Utf8JsonReader(arguments);
        GrainArguments.ReadAll(ref json, messages, call);
    }

    private static void WriteTrace(FrameWriter frame, ActivityContext trace)
    {
        Span<byte> ids = stackalloc byte[TraceIdSize + SpanIdSize];
        trace.TraceId.CopyTo(ids[..TraceIdSize]);
        trace.SpanId.CopyTo(ids[TraceIdSize..]);
        frame.Bytes(ids);
        frame.Byte((byte)trace.TraceFlags);
    }

    private static ActivityContext ReadTrace(ref FrameReader frame) => new(
        ActivityTraceId.CreateFromBytes(frame.Bytes(TraceIdSize)),
        ActivitySpanId.CreateFromBytes(frame.Bytes(SpanIdSize)),
        (ActivityTraceFlags)frame.Byte(),
        isRemote: true);

    private static void WriteCallers(FrameWriter frame, IReadOnlyList<WaitingCaller> callers)
    {
        frame.Byte((byte)callers.Count);
        foreach (var caller in callers)
        {
            frame.Int64(caller.TurnId);
            frame.Text(caller.Description);
        }
    }

    private static WaitingCaller[] ReadCallers(ref FrameReader frame)
    {
        var count = frame.Byte();
        if (count > WaitingCaller.MaxDepth)
            throw new InvalidDataException($"A call has at most {WaitingCaller.MaxDepth} callers.");
        var callers = count == 0 ? [] : new WaitingCaller[count];
        for (var index = 0; index < count; index++)
            callers[index] = new WaitingCaller(frame.Int64(), frame.Text());
        return callers;
    }

    private static void WriteContext(FrameWriter frame, RequestContextValues values, EngineOptions options)
    {
        frame.Byte((byte)values.Keys.Count(options.ContextTypes.ContainsKey));
        foreach (var (key, value) in values)
        {
            if (!options.ContextTypes.ContainsKey(key))
                continue;
            frame.Text(key);
            frame.SizedJson((value, options.Messages), static (json, state) =>
                JsonSerializer.Serialize(json, state.value, state.Messages.GetTypeInfo(state.value.GetType())));
        }
    }

    /// <summary>
    /// A value that this silo does not know, or cannot read, is left out: a newer one may have added or changed it. A grain that needs it fails closed.
    /// </summary>
    private static RequestContextValues? ReadContext(ref FrameReader frame, EngineOptions options)
    {
        RequestContextValues? values = null;
        for (var left = frame.Byte(); left > 0; left--)
        {
            var key = frame.Text();
            var json = frame.SizedBytes();
            if (options.ContextTypes.TryGetValue(key, out var type) && ReadValue(json, options.Messages.GetTypeInfo(type)) is { } value)
                values = RequestContextValues.With(values, key, value);
        }

        return values;
    }

    private static object? ReadValue(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (Exception)
        {
            // Whatever a type's own code throws: the other calls of the link go on.
            return null;
        }
    }
}
