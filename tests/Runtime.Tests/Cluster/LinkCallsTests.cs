using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.Tests.Transport;
using AwoooP.Runtime.Transport;
using AwoooP.Testing;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>A link that ends at the very moment at which a call is sent over it.</summary>
public sealed class LinkCallsTests
{
    [Fact]
    public async Task Send_LinkEndedBeforeItTookTheCall_IsTheSendersToDealWith()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = new TestPeer("a");
        var link = await other.ConnectAsync(silo);
        var calls = new LinkCalls(link, new EngineOptions());
        var call = new Call(() =>
        {
            link.Abort(new LinkLostException("The test cut it."));
            calls.Close();
        });

        calls.Send(call).ShouldBe(SendResult.Closed);

        call.TimesLost.ShouldBe(0);
    }

    [Fact]
    public async Task Send_LinkEndedAndTookTheCall_IsLostOnce()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = new TestPeer("a");
        var link = await other.ConnectAsync(silo);
        var calls = new LinkCalls(link, new EngineOptions());
        var call = new Call(calls.Close);

        calls.Send(call).ShouldBe(SendResult.Queued);

        call.TimesLost.ShouldBe(1);
    }

    [Fact]
    public async Task Send_GivenUpWhileItIsWritten_IsCancelledAfterIt()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = new TestPeer("a");
        var calls = new LinkCalls(await other.ConnectAsync(silo), new EngineOptions());
        Call? call = null;
        call = new Call(() =>
        {
            // As a clock or a caller does: on another thread, since a thread writes one frame at a time.
            var clock = new Thread(call!.GiveUp);
            clock.Start();
            clock.Join();
        });

        calls.Send(call).ShouldBe(SendResult.Queued);

        await Eventually.BecomesTrueAsync(() => silo.Frames.Any(static frame => frame.Kind == FrameKind.Request), "the call arrives");
        await Eventually.BecomesTrueAsync(() => silo.Frames.Last().Kind == FrameKind.Cancel, "a cancellation comes after it");
        silo.Frames.Last().Body.ShouldBe(BitConverter.GetBytes(call.Id));
    }

    [Fact]
    public async Task Begin_IdThatIsUnderWay_IsRefused()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = new TestPeer("a");
        var calls = new LinkCalls(await other.ConnectAsync(silo), new EngineOptions());
        calls.Begin(7, new Received());

        Should.Throw<InvalidDataException>(() => calls.Begin(7, new Received()));

        calls.End(7);
        calls.Begin(7, new Received());
    }

    private sealed class Received : IInboundCall
    {
        public void Cancel() => throw new InvalidOperationException("Nobody gives it up.");
    }

    private sealed class Call(Action whenWritten) : IOutboundCall
    {
        private SentSlot _sent;

        public int TimesLost { get; private set; }

        public long Id { get; private set; }

        public bool IsOneWay => false;

        public bool IsAnswered { get; private set; }

        public void GiveUp()
        {
            IsAnswered = true;
            _sent.GiveUp();
        }

        public void Write(FrameWriter frame, long id)
        {
            Id = id;
            whenWritten();
        }

        public void MarkSent(SentCall? sent) => _sent.Set(sent);

        public void Complete(ReadOnlySpan<byte> payload) => throw new InvalidOperationException("Nobody answers.");

        public void Fail(ReadOnlySpan<byte> fault) => throw new InvalidOperationException("Nobody answers.");

        public void Lose() => TimesLost++;

        public void Return(string siloId) => throw new InvalidOperationException("That is the route's.");

        public bool Refuse(Exception refusal) => throw new InvalidOperationException("That is the route's.");
    }
}
