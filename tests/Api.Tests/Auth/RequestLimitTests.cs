using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Operators;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Api.Tests.Auth;

/// <summary>Requests, and wrong keys, beyond what is taken of one key or one source. The clock of sources moves only as a test says, so none gets back what it has used up.</summary>
public sealed class RequestLimitTests
{
    private const string Me = "/v1/platform/me";

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Requests_OfOneKeyBeyondItsBurst_AreAnswered429AndOtherKeysServed()
    {
        await using var front = await StartAsync(("Front:RequestsPerSecond", "1"), ("Front:RequestBurst", "2"));
        using var busy = front.Host.ConnectAs(OperatorRole.Viewer);
        using var other = front.Host.ConnectAs(OperatorRole.Viewer);

        await ServedAsync(busy, 2);

        // The limiter of keys has a clock of its own: on a machine that was held up, more are served before one is refused.
        HttpResponseMessage refused = null!;
        await Eventually.BecomesTrueAsync(async () => (refused = await busy.GetAsync(Me)).StatusCode != HttpStatusCode.OK, "a request is refused");
        await ShouldNameAsync(refused, "too_many_requests", "requests_per_key");
        (await other.GetAsync(Me)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_OfOneSourceBeyondItsBurst_AreAnswered429WhoeverAsks()
    {
        await using var front = await StartAsync(("Front:SourceRequestsPerSecond", "1"), ("Front:SourceRequestBurst", "3"));
        using var nobody = front.Host.Connect();
        for (var time = 0; time < 3; time++)
            (await nobody.GetAsync(Me)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var known = front.Host.ConnectAs(OperatorRole.Viewer);
        await ShouldNameAsync(await known.GetAsync(Me), "too_many_requests", "requests_per_source");
    }

    [Fact]
    public async Task Intake_OfABusySource_IsNotHeldBack()
    {
        await using var front = await StartAsync(("Front:SourceRequestsPerSecond", "1"), ("Front:SourceRequestBurst", "1"));
        using var client = front.Host.ConnectAs(OperatorRole.Operator);
        await ServedAsync(client, 1);
        await ShouldNameAsync(await client.GetAsync(Me), "too_many_requests", "requests_per_source");

        for (var time = 0; time < 5; time++)
            (await client.PostAsync("/api/v2/alerts", Answers.Json("[]"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/-/healthy")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WrongKeys_BeyondTheLimit_AskNoGrainAndKnownKeysAreServed()
    {
        await using var front = await StartAsync(("Front:FailedSignInsPerMinute", "2"), ("Front:KeyCache", "00:00:00"));
        using var known = front.Host.ConnectAs(OperatorRole.Viewer);
        (await known.GetAsync(Me)).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var time = 0; time < 2; time++)
            await (await front.Host.Connect(ApiKey.Create()).GetAsync(Me)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");

        // What was remembered of keys is over, and of the failures next to nothing.
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var guess = ApiKey.Create();
        using var guessing = front.Host.Connect(guess);
        await ShouldNameAsync(await guessing.GetAsync(Me), "too_many_failed_sign_ins", "failed_sign_ins_per_source");

        await front.Host.Cluster.GetGrain<IOperatorKeyGrain>($"operators/{guess.KeyId}").DidNotReceive().GetAsync(Arg.Any<CancellationToken>());
        (await known.GetAsync(Me)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ServedAsync(HttpClient client, int times)
    {
        for (var time = 0; time < times; time++)
            (await client.GetAsync(Me)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ShouldNameAsync(HttpResponseMessage response, string code, string limit)
    {
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, code);
        problem.GetProperty("limit").GetString().ShouldBe(limit);
        response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    private async Task<Front> StartAsync(params (string Key, string Value)[] settings) => new(await FrontHost.StartAsync(host =>
    {
        host.Clock = _clock;
        foreach (var (key, value) in settings)
            host.Settings[key] = value;
    }));

    private sealed record Front(FrontHost Host) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }
}
