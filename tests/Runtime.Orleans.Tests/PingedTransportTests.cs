using System.Buffers;
using System.IO.Pipelines;
using AwoooP.Runtime.Connections;
using AwoooP.Testing;
using Microsoft.AspNetCore.Connections;

namespace AwoooP.Runtime.Orleans.Tests;

public sealed class PingedTransportTests : IAsyncLifetime
{
    private static readonly PingOptions Options = PingOptions.Default;

    private readonly FakeClock _clock = new();
    private readonly FakeClock _farClock = new();
    private readonly TaskCompletionSource<ConnectionAbortedException> _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PingedTransport _near = null!;
    private PingedTransport _far = null!;

    public Task InitializeAsync()
    {
        // What one end sends has been received by the other when the beat is over.
        var inline = new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);
        var (there, back) = (new Pipe(inline), new Pipe(inline));
        _near = new PingedTransport(new End(back.Reader, there.Writer), Options, fault => _givenUp.TrySetResult(fault), _clock);
        _far = new PingedTransport(new End(there.Reader, back.Writer), Options, static _ => { }, _farClock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
    }

    [Fact]
    public async Task Bytes_AmongPings_ArriveAsTheyWereSent()
    {
        var sent = new byte[1_000_000];
        new Random(1).NextBytes(sent);
        var sending = Task.Run(async () =>
        {
            for (var (at, length) = (0, 1); at < sent.Length; at += length, length = (length * 7 % 50_021) + 1)
            {
                await _near.Output.WriteAsync(sent.AsMemory(at, Math.Min(length, sent.Length - at)));
                _clock.Advance(Options.PingInterval / 2);
                _farClock.Advance(Options.PingInterval / 2);
            }

            await _near.Output.CompleteAsync();
        });

        var received = await ReadToEndAsync(_far.Input).WaitAsync(TimeSpan.FromSeconds(60));

        await sending;
        received.ShouldBe(sent);
    }

    [Fact]
    public async Task OtherEnd_ThatHasNothingToSay_IsNotGivenUp()
    {
        for (var beat = 0; beat < 3 * Options.SilentBeats; beat++)
        {
            _farClock.Advance(Options.PingInterval);
            _clock.Advance(Options.PingInterval);
        }

        _givenUp.Task.IsCompleted.ShouldBeFalse();
        await _far.Output.WriteAsync(new byte[] { 1 });
        (await _near.Input.ReadAtLeastAsync(1)).Buffer.ToArray().ShouldBe([1]);
    }

    [Fact]
    public void OtherEnd_ThatFellSilent_IsGivenUp()
    {
        for (var beat = 0; beat < Options.SilentBeats; beat++)
            _clock.Advance(Options.PingInterval);

        _givenUp.Task.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task OtherEnd_ThatEnds_IsToldToTheReader()
    {
        await _far.Output.CompleteAsync();

        (await _near.Input.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60))).IsCompleted.ShouldBeTrue();
    }

    private static async Task<byte[]> ReadToEndAsync(PipeReader reader)
    {
        await using var all = new MemoryStream();
        await reader.CopyToAsync(all);
        return all.ToArray();
    }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
