using System.IO.Pipelines;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Tests.Transport;

/// <summary>What goes out together.</summary>
public sealed class SendQueueTests
{
    private static readonly byte[] Body = new byte[100];

    private readonly Pipe _wire = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly SendQueue _queue;

    public SendQueueTests()
    {
        _queue = new SendQueue(_wire.Writer, maxBytes: 1024 * 1024, static fault => throw fault);
        _queue.Start();
    }

    [Fact]
    public async Task Frames_WhileHeld_GoOutTogetherAtRelease()
    {
        _queue.Hold();
        _queue.Send(FrameKind.Answer, Body, mayUseReserve: false);
        _queue.Send(FrameKind.Answer, Body, mayUseReserve: false);
        _wire.Reader.TryRead(out _).ShouldBeFalse();

        _queue.Release();

        var sent = await _wire.Reader.ReadAsync();
        sent.Buffer.Length.ShouldBe(2 * (FrameFormat.HeaderBytes + Body.Length));
    }

    [Fact]
    public async Task Frames_WhileHeld_ThatAreMany_GoOut()
    {
        _queue.Hold();
        for (var bytes = 0; bytes < SendQueue.HeldBytes; bytes += Body.Length)
            _queue.Send(FrameKind.Answer, Body, mayUseReserve: false);

        (await _wire.Reader.ReadAsync()).Buffer.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Ping_BehindAFrameThatIsBeingWritten_GoesOutOnce()
    {
        var slow = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 0));
        var queue = new SendQueue(slow.Writer, maxBytes: 1024 * 1024, static fault => throw fault);
        queue.Start();
        queue.Send(FrameKind.Answer, Body, mayUseReserve: false);
        var written = await slow.Reader.ReadAsync();

        queue.Ping();
        queue.Ping();

        queue.Frames.ShouldBe(2);
        slow.Reader.AdvanceTo(written.Buffer.End);
        (await slow.Reader.ReadAsync()).Buffer.Length.ShouldBe(FrameFormat.HeaderBytes);
    }

    [Fact]
    public async Task End_WhileHeld_WaitsForNoRelease()
    {
        _queue.Hold();
        _queue.Send(FrameKind.Answer, Body, mayUseReserve: false);
        _queue.End();

        await _queue.Drained;
        _wire.Reader.TryRead(out var sent).ShouldBeTrue();
        sent.Buffer.Length.ShouldBe((3 * FrameFormat.HeaderBytes) + Body.Length);
    }
}
