using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Commands;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Audit;

/// <summary>That a session begins and ends is told to the operators' audit grain, and one that cannot be told does not begin.</summary>
public sealed class SessionActTests : IAsyncLifetime
{
    private const string Session = "/v1/platform/session";

    private readonly FrontHost _host = new();
    private readonly RecordingAuditGrain _operators = new();

    public Task InitializeAsync()
    {
        _host.Cluster.Put<IAuditGrain>("operators/audit", _operators);
        return _host.InitializeAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Session_BegunAndEnded_IsToldAmongTheOperatorsByWhomAndWithWhat()
    {
        var key = _host.Cluster.Issue("vera", OperatorRole.Viewer, "shop");
        using var vera = _host.Connect(key);

        var begun = await vera.PostAsync(Session, null);

        var (caller, began) = _operators.Begun.ShouldHaveSingleItem();
        (caller.ProjectId, caller.Actor).ShouldBe(("operators", "vera"));
        (began.Method, began.KeyId, began.Address).ShouldBe(("api_key", key.KeyId, "127.0.0.1"));
        began.EndsAt.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());

        // With the key alone there is no session to end.
        (await vera.DeleteAsync(Session)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _operators.Ended.ShouldBeEmpty();

        using var browser = _host.Connect();
        browser.DefaultRequestHeaders.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        browser.DefaultRequestHeaders.Add("Origin", _host.Address.GetLeftPart(UriPartial.Authority));
        (await browser.DeleteAsync(Session)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var (left, ended) = _operators.Ended.ShouldHaveSingleItem();
        (left.Actor, ended.KeyId).ShouldBe(("vera", key.KeyId));
    }

    [Fact]
    public async Task Session_ThatCannotBePutOnRecord_DoesNotBegin()
    {
        using var viewer = _host.Connect(_host.Cluster.Issue("vera", OperatorRole.Viewer, "shop"));
        _operators.Fault = new CommandUnavailableException("away");

        var answer = await viewer.PostAsync(Session, null);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }
}
