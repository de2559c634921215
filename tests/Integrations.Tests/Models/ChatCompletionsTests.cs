using AwoooP.Integrations.Tests.Peers;
using AwoooP.Models;
using AwoooP.Systems;
using AwoooP.Testing;

namespace AwoooP.Integrations.Tests.Models;

/// <summary>Against a server that answers as providers do, faults included.</summary>
public sealed class ChatCompletionsTests : IAsyncLifetime
{
    private static readonly Guid CallId = Guid.Parse("01890a5d-ac97-7bbb-8ccc-dddddddddddd");
    private readonly string _keyFile = Path.Combine(Path.GetTempPath(), $"awooop-model-key-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}");
    private static int _made;
    private ModelServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ModelServer.StartAsync();
        await File.WriteAllTextAsync(_keyFile, _server.Key);
    }

    public async Task DisposeAsync()
    {
        File.Delete(_keyFile);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Complete_WhenAnswered_GivesTextAndUsage()
    {
        _server.Script = static _ => new ModelTurn.Answer("""{"cause":"磁碟"}""", 120, 30);

        (await CompleteAsync()).ShouldBe(new ProviderReply.Answered("""{"cause":"磁碟"}""", 120, 30));

        var asked = _server.Asked.ShouldHaveSingleItem();
        (asked.Model, asked.MaxTokens, asked.Prompt).ShouldBe(("small", 50, "Why?"));
        asked.Traceparent.ShouldBe("00-4bf92f3577b34da6a3ce929d0e0e4736-8cccdddddddddddd-01");
        ((bool)asked.Body["stream"]!).ShouldBeFalse();
        asked.Body["messages"]!.AsArray().Select(static message => (string)message!["role"]!).ShouldBe(["system", "user"]);
    }

    public static TheoryData<ModelTurn, int?> Usages => new()
    {
        { new ModelTurn.Answer("{}", null, null), null },
        { new ModelTurn.Answer("{}", -1, 5), null },
        { new ModelTurn.Answer("{}", 10_000_000_000, 5), null },
        { new ModelTurn.Answer("{}", 0, 5), 0 },
    };

    [Theory]
    [MemberData(nameof(Usages))]
    public async Task Complete_UsageThatIsNone_IsNotTold(ModelTurn turn, int? promptTokens)
    {
        _server.Script = _ => turn;

        (await CompleteAsync()).ShouldBeOfType<ProviderReply.Answered>().PromptTokens.ShouldBe(promptTokens);
    }

    public static TheoryData<ModelTurn, string, bool> Faults => new()
    {
        { new ModelTurn.Status(400), "http_400", false },
        { new ModelTurn.Status(429), "http_429", false },
        { new ModelTurn.Status(408), "http_408", true },
        { new ModelTurn.Status(500), "http_500", true },
        { new ModelTurn.Status(503), "http_503", false },
        { new ModelTurn.Status(504), "http_504", true },
        { new ModelTurn.Status(302), "http_302", false },
        { new ModelTurn.Raw("<html>It works!</html>"), "answer_not_understood", true },
        { new ModelTurn.Raw("""{"choices":[]}"""), "answer_not_understood", true },
        { new ModelTurn.Raw("""{"choices":7}"""), "answer_not_understood", true },
        { new ModelTurn.Raw("null"), "answer_not_understood", true },
        { new ModelTurn.Raw(new string(' ', (1024 * 1024) + 1)), "answer_too_large", true },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Complete_WhatIsNoAnswer_SaysWhyAndWhetherItMayCost(ModelTurn turn, string code, bool mayCost)
    {
        _server.Script = _ => turn;

        var failed = (await CompleteAsync()).ShouldBeOfType<ProviderReply.Failed>();

        (failed.Code, failed.MayCost).ShouldBe((code, mayCost));
        _server.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("2147483647", 3600)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 3600)]
    [InlineData("99999999999999999999", null)]
    public async Task Complete_WhenBusy_SaysWhenToComeAgainUpToAnHour(string retryAfter, int? seconds)
    {
        _server.Script = _ => new ModelTurn.Status(429, retryAfter);

        (await CompleteAsync()).ShouldBe(new ProviderReply.Failed("http_429", MayCost: false, seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));
    }

    [Fact]
    public async Task Complete_WhenTheConnectionIsCutInTheMiddle_MayCost()
    {
        _server.Script = static _ => new ModelTurn.HalfAnswer();

        (await CompleteAsync()).ShouldBeOfType<ProviderReply.Failed>().MayCost.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_WhenTheConnectionIsCutBeforeAnAnswer_MayCost()
    {
        _server.Script = static _ => new ModelTurn.NoAnswer();

        (await CompleteAsync()).ShouldBeOfType<ProviderReply.Failed>().MayCost.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_WhenNobodyListens_CostsNothing()
    {
        var address = _server.Address;
        await _server.DisposeAsync();
        _server = await ModelServer.StartAsync();

        (await CompleteAsync(new() { ["Models:Providers:0:Url"] = address.ToString() })).ShouldBe(new ProviderReply.Failed("connection_failed", MayCost: false));
    }

    [Fact]
    public async Task Complete_WithTheWrongKey_IsRefusedAndCostsNothing()
    {
        await File.WriteAllTextAsync(_keyFile, "another");

        (await CompleteAsync()).ShouldBe(new ProviderReply.Failed("http_401", MayCost: false));
    }

    [Fact]
    public async Task Complete_WithoutItsKey_IsNotSent()
    {
        File.Delete(_keyFile);

        (await CompleteAsync()).ShouldBe(new ProviderReply.Failed("secret_unavailable", MayCost: false));

        _server.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("half a key\nand the other")]
    [InlineData("clé")]
    public async Task Complete_WithAKeyThatNoHeaderTakes_IsNotSentAndCostsNothing(string key)
    {
        await File.WriteAllTextAsync(_keyFile, key);

        (await CompleteAsync()).ShouldBe(new ProviderReply.Failed("secret_unavailable", MayCost: false));

        _server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Complete_WithAKeyOfTheEnvironmentThatEndsInALineBreak_IsAnswered()
    {
        var name = $"AWOOOP_TEST_MODEL_{Environment.ProcessId}";
        Environment.SetEnvironmentVariable(name, $"{_server.Key}\n");

        (await CompleteAsync(new() { ["Models:Providers:0:Key"] = $"env://{name}" })).ShouldBeOfType<ProviderReply.Answered>();

        Environment.SetEnvironmentVariable(name, null);
    }

    [Fact]
    public async Task Complete_OverTheProvidersTime_IsGivenUpAndMayCost()
    {
        var clock = new FakeClock();
        var never = new TaskCompletionSource();
        _server.Script = _ => new ModelTurn.Held(never.Task, new ModelTurn.NoAnswer());
        await using var adapters = Wired(clock: clock);

        var completing = adapters.Get<IModelProvider>().CompleteAsync(Envelope, CallId, default);
        await Eventually.BecomesTrueAsync(() => !_server.Asked.IsEmpty, "the model was asked");
        clock.Advance(TimeSpan.FromSeconds(60));

        (await completing).ShouldBe(new ProviderReply.Failed("timed_out", MayCost: true));
        await Eventually.BecomesTrueAsync(() => _server.Cut.Count == 1, "the connection was cut");
    }

    [Fact]
    public async Task Complete_WhenCancelled_CutsTheConnection()
    {
        using var cancel = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        _server.Script = _ => new ModelTurn.Held(never.Task, new ModelTurn.NoAnswer());
        await using var adapters = Wired();

        var completing = adapters.Get<IModelProvider>().CompleteAsync(Envelope, CallId, cancel.Token);
        await Eventually.BecomesTrueAsync(() => !_server.Asked.IsEmpty, "the model was asked");
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => completing);
        await Eventually.BecomesTrueAsync(() => _server.Cut.Count == 1, "the connection was cut");
    }

    private static PlatformEnvelope Envelope => new()
    {
        ProjectId = "awoooi",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        AgentId = "triage",
        Purpose = "diagnose",
        Provider = "local",
        Model = "small",
        Deadline = DateTimeOffset.MaxValue,
        MaxTokens = 50,
        MaxCostUsd = 1,
        Payload = [new ModelMessage(ModelRole.System, "Answer with JSON."), new ModelMessage(ModelRole.User, "Why?")],
    };

    private async Task<ProviderReply> CompleteAsync(Dictionary<string, string?>? settings = null)
    {
        await using var adapters = Wired(settings);
        return await adapters.Get<IModelProvider>().CompleteAsync(Envelope, CallId, CancellationToken.None);
    }

    private Adapters Wired(Dictionary<string, string?>? settings = null, TimeProvider? clock = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["Models:Providers:0:Name"] = "local",
            ["Models:Providers:0:Url"] = _server.Address.ToString(),
            ["Models:Providers:0:Key"] = $"file://{_keyFile}",
        };
        foreach (var (key, value) in settings ?? [])
            all[key] = value;
        return new Adapters(all, clock);
    }
}
