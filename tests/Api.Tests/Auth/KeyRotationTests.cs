using System.Net;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Auth;

/// <summary>New secrets for keys over HTTP; the front, the key's grain and the journal are the real ones.</summary>
public sealed class KeyRotationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Me = "/v1/platform/me";

    private readonly FrontHost _host = new();
    private RealGrains _grains = null!;
    private ApiKey _key = null!;
    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _grains = await RealGrains.StartAsync(postgres.Endpoints);
        _key = await IssueAsync(new Dictionary<string, OperatorRole> { ["awoooi"] = OperatorRole.Viewer });
        _admin = _host.ConnectAs(OperatorRole.Admin);
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
        await _grains.DisposeAsync();
    }

    [Fact]
    public async Task Rotate_WithADayOfGrace_TakesBothSecrets()
    {
        var answer = await RotatedAsync("{}");
        var rotated = ApiKey.Parse(answer.GetProperty("key").GetString()).ShouldNotBeNull();

        rotated.KeyId.ShouldBe(_key.KeyId);
        rotated.Reveal().ShouldNotBe(_key.Reveal());
        answer.GetProperty("operator_id").GetString().ShouldBe("ann");
        answer.GetProperty("previous_until").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddHours(23));
        await ShouldBeTakenAsync(rotated);
        await ShouldBeTakenAsync(_key);
    }

    [Fact]
    public async Task Rotate_WithoutGrace_EndsTheSecretBeforeAtOnce()
    {
        await ShouldBeTakenAsync(_key);
        var rotated = ApiKey.Parse((await RotatedAsync("""{"grace_seconds":0}""")).GetProperty("key").GetString()).ShouldNotBeNull();

        using var late = _host.Connect(_key);
        await (await late.GetAsync(Me)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key_rotated");
        await ShouldBeTakenAsync(rotated);
    }

    [Fact]
    public async Task Rotate_Twice_KeepsNoMoreThanTheLastTwoSecrets()
    {
        var second = ApiKey.Parse((await RotatedAsync("{}")).GetProperty("key").GetString()).ShouldNotBeNull();
        await (await RotateAsync("{}")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "secret_not_current");
        var third = ApiKey.Parse((await RotatedAsync("{}", second)).GetProperty("key").GetString()).ShouldNotBeNull();

        using var first = _host.Connect(_key);
        await (await first.GetAsync(Me)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await ShouldBeTakenAsync(second);
        await ShouldBeTakenAsync(third);
    }

    [Fact]
    public async Task Rotate_AfterItWasRevoked_IsRefused()
    {
        (await _admin.DeleteAsync($"/v1/platform/operators/keys/{_key.KeyId}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await RotateAsync("{}")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key_revoked");
        using var revoked = _host.Connect(_key);
        await (await revoked.GetAsync(Me)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key_revoked");
    }

    [Theory]
    [InlineData("""{"grace_seconds":-1}""", "out_of_range")]
    [InlineData("""{"grace_seconds":604801}""", "out_of_range")]
    [InlineData("""{"grace":1}""", "unknown_field")]
    public async Task Rotate_WithABadBody_IsRefused(string body, string code)
    {
        await (await RotateAsync(body)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        await ShouldBeTakenAsync(_key);
    }

    /// <summary>Whoever rotates a key has its secret, and could sign in its operator's name.</summary>
    [Fact]
    public async Task Rotate_WithAnotherKey_IsRefusedAndChangesNothing()
    {
        var other = await IssueAsync(new Dictionary<string, OperatorRole> { ["awoooi"] = OperatorRole.Viewer });

        foreach (var rotating in (ApiKey[])[_host.Cluster.Issue("boss", OperatorRole.Admin, "*"), other])
            await (await RotateAsync("{}", rotating)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "not_own_key");

        await ShouldBeTakenAsync(_key);
    }

    [Fact]
    public async Task Rotate_WithAnIdempotencyKey_IsRefusedSinceARepeatCouldNotShowTheSecret()
    {
        using var client = _host.Connect(_key);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        await (await client.PostAsync($"/v1/platform/operators/keys/{_key.KeyId}/rotate", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "not_expected");
    }

    private async Task<ApiKey> IssueAsync(Dictionary<string, OperatorRole> roles)
    {
        var key = ApiKey.Create();
        var grain = _grains.Get<IOperatorKeyGrain>($"operators/{key.KeyId}");
        _host.Cluster.Put($"operators/{key.KeyId}", grain);
        CallContext.Current = new CallContext { ProjectId = IOperatorKeyGrain.Project, Actor = "admin" };
        (await grain.IssueAsync(new IssueOperatorKey(key.KeyId, "ann", key.SecretSha256, roles, "awoooi", null), CancellationToken.None)).Refusal.ShouldBeNull();
        return key;
    }

    private async Task<HttpResponseMessage> RotateAsync(string body, ApiKey? with = null)
    {
        using var client = _host.Connect(with ?? _key);
        return await client.PostAsync($"/v1/platform/operators/keys/{_key.KeyId}/rotate", Answers.Json(body));
    }

    private async Task<JsonElement> RotatedAsync(string body, ApiKey? with = null)
    {
        var response = await RotateAsync(body, with);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.JsonAsync();
    }

    private async Task ShouldBeTakenAsync(ApiKey key)
    {
        using var client = _host.Connect(key);
        (await client.GetAsync(Me)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
