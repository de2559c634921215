using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client;
using AwoooP.Client.Api;
using AwoooP.Client.Auth;
using AwoooP.Journal.Delivery;
using AwoooP.Operators;
using AwoooP.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace AwoooP.Api.Tests.Api;

public sealed class EventStreamTests
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly CountedTimers _time = new();
    private readonly Pipe _body = new();
    private readonly DefaultHttpContext _http = new();
    private readonly StubCluster _cluster = new();
    private readonly ApiKey _key;

    public EventStreamTests()
    {
        _http.Response.Body = _body.Writer.AsStream();
        _key = _cluster.Issue("ann", OperatorRole.Viewer);
    }

    [Fact]
    public async Task Stream_OfManyEvents_HasOneTimer()
    {
        var drained = new StreamReader(_body.Reader.AsStream()).ReadToEndAsync();

        await WriteAsync(new EndingFeed(1_000), CancellationToken.None);

        await _body.Writer.CompleteAsync();
        (await drained).Split("event: gap").Length.ShouldBe(1_001);
        _time.Made.ShouldBe(1);
    }

    [Fact]
    public async Task Stream_WithoutEvents_TellsThatItIsAliveAgainAndAgain()
    {
        using var left = new CancellationTokenSource();
        using var lines = new StreamReader(_body.Reader.AsStream());
        var writing = WriteAsync(new StubJournal(), left.Token);
        (await lines.ReadLineAsync(CancellationToken.None)).ShouldBe(": connected");

        for (var beat = 1; beat <= 2; beat++)
        {
            await lines.ReadLineAsync(CancellationToken.None);
            await Eventually.BecomesTrueAsync(() => _time.Clock.IsWaitedOn(Heartbeat), "the stream waits for its next sign of life");
            _time.Clock.Advance(Heartbeat);
            (await lines.ReadLineAsync(CancellationToken.None)).ShouldBe(": alive");
        }

        await left.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task Stream_OfAKeyThatWasRevoked_EndsWithTheNextSignOfLife()
    {
        using var lines = new StreamReader(_body.Reader.AsStream());
        var writing = WriteAsync(new StubJournal(), CancellationToken.None);
        (await lines.ReadLineAsync(CancellationToken.None)).ShouldBe(": connected");
        await Eventually.BecomesTrueAsync(() => _time.Clock.IsWaitedOn(Heartbeat), "the stream waits for its next sign of life");

        _cluster.Change(_key, static view => view with { Revoked = true });
        _time.Clock.Advance(Heartbeat);

        await Eventually.BecomesTrueAsync(() => writing.IsCompletedSuccessfully, "the stream has ended");
    }

    [Fact]
    public async Task Stream_OfAProofWithAnEnd_EndsThen()
    {
        var left = TimeSpan.FromSeconds(7);
        using var lines = new StreamReader(_body.Reader.AsStream());
        var writing = WriteAsync(new StubJournal(), CancellationToken.None, _time.Clock.GetUtcNow() + left);
        (await lines.ReadLineAsync(CancellationToken.None)).ShouldBe(": connected");
        await Eventually.BecomesTrueAsync(() => _time.Clock.IsWaitedOn(left), "the stream waits for its end");

        _time.Clock.Advance(left);

        await Eventually.BecomesTrueAsync(() => writing.IsCompletedSuccessfully, "the stream has ended");
    }

    [Fact]
    public void Slots_OfTwoKeysUnderOneName_AreCountedApartAndGivenBackOnce()
    {
        var slots = new EventStreamSlots(Options.Create(new FrontOptions { EventStreams = 1 }));
        var (first, second) = (Who("0000000000000001"), Who("0000000000000002"));

        using var taken = slots.TryTake(first).ShouldNotBeNull();
        using var other = slots.TryTake(second).ShouldNotBeNull();
        slots.TryTake(first).ShouldBeNull();

        taken.Dispose();
        taken.Dispose();
        using var again = slots.TryTake(first).ShouldNotBeNull();
        slots.TryTake(first).ShouldBeNull();
    }

    private static OperatorPrincipal Who(string keyId, string secretSha256 = "", DateTimeOffset? endsAt = null) =>
        new("ann", AuthMethods.ApiKey, "awoooi", new Dictionary<string, OperatorRole>()) { Proof = OperatorProof.Of(new KeyProof(keyId, secretSha256)), EndsAt = endsAt };

    private Task WriteAsync(ILiveFeed feed, CancellationToken cancellationToken, DateTimeOffset? endsAt = null)
    {
        var options = Options.Create(new FrontOptions { EventHeartbeat = Heartbeat });
        var operators = new ProvenOperators(new OperatorKeyDirectory(_cluster, _time.Clock, options), options, _time.Clock);
        var lease = new StreamLease(Who(_key.KeyId, _key.SecretSha256, endsAt), operators, _time.Clock);
        var stream = new EventStream(feed, Options.Create(new JsonOptions()), options, _time);
        return stream.WriteAsync(_http, new HashSet<string>(), lease, cancellationToken);
    }

    /// <summary>So many items, each of which is waited for, and then the end.</summary>
    private sealed class EndingFeed(int count) : ILiveFeed
    {
        public async IAsyncEnumerable<LiveItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var told = 0; told < count; told++)
            {
                await Task.Yield();
                yield return new LiveGap();
            }
        }
    }

    /// <summary>A clock that stands still, and knows how many timers were made of it.</summary>
    private sealed class CountedTimers : TimeProvider
    {
        private int _made;

        public FakeClock Clock { get; } = new();

        public int Made => _made;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _made);
            return Clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}
