using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.Tests.Transport;
using AwoooP.Runtime.Transport;

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
        public int TimesLost { get; private set; }

        public bool IsOneWay => false;

        public bool IsAnswered => false;

        public void Write(FrameWriter frame, long id) => whenWritten();

        public void MarkSent(SentCall? sent)
        {
        }

        public void Complete(ReadOnlySpan<byte> payload) => throw new InvalidOperationException("Nobody answers.");

        public void Fail(ReadOnlySpan<byte> fault) => throw new InvalidOperationException("Nobody answers.");

        public void Lose() => TimesLost++;

        public void Return(string siloId) => throw new InvalidOperationException("That is the route's.");

        public bool Refuse(Exception refusal) => throw new InvalidOperationException("That is the route's.");
    }
}
