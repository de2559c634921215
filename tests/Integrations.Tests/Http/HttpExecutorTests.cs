using AwoooP.Integrations.Tests.Peers;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Testing;
using Microsoft.AspNetCore.Http;

namespace AwoooP.Integrations.Tests.Http;

public sealed class HttpExecutorTests
{
    [Fact]
    public async Task Execute_AllowedOrigin_SendsBodyTraceAndIdempotencyKey()
    {
        await using var server = await FaultyServer.StartAsync(200, "restarted");

        var outcome = await ExecuteAsync(server, new HttpStep { Name = "restart", Url = server.Origin + "/restart?x=1", Body = "{\"a\":1}" });

        outcome.ShouldBe(StepOutcome.Success("HTTP 200\nrestarted"));
        var request = server.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Target.ShouldBe("/restart?x=1");
        request.Body.ShouldBe("{\"a\":1}");
        request.Headers["Content-Type"].ShouldBe("application/json");
        request.Headers["Idempotency-Key"].ShouldBe(Adapters.Context.ToolCallId.ToString());
        request.Headers["traceparent"].ShouldBe("00-4bf92f3577b34da6a3ce929d0e0e4736-8cccdddddddddddd-01");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "origin_not_allowed")]
    [InlineData("http://169.254.169.254/latest/meta-data", "origin_not_allowed")]
    [InlineData("file:///etc/passwd", "url_invalid")]
    [InlineData("not an address", "url_invalid")]
    public async Task Execute_OtherOrigin_IsRefusedAndNothingSent(string url, string code)
    {
        await using var server = await FaultyServer.StartAsync(200);

        (await ExecuteAsync(server, new HttpStep { Name = "x", Url = url })).ErrorCode.ShouldBe(code);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Execute_CredentialsInTheAddress_IsRefused()
    {
        await using var server = await FaultyServer.StartAsync(200);

        var url = server.Origin.Replace("http://", "http://user:pw@", StringComparison.Ordinal);
        (await ExecuteAsync(server, new HttpStep { Name = "x", Url = url })).ErrorCode.ShouldBe("url_with_credentials");
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("get")]
    public async Task Execute_UnknownMethod_IsRefused(string method)
    {
        await using var server = await FaultyServer.StartAsync(200);

        (await ExecuteAsync(server, new HttpStep { Name = "x", Url = server.Origin, Method = method })).ErrorCode.ShouldBe("method_not_allowed");
    }

    [Fact]
    public async Task Execute_ServerError_FailsWithItsStatus()
    {
        await using var server = await FaultyServer.StartAsync(500, "password=hunter2");

        (await ExecuteAsync(server, new HttpStep { Name = "x", Url = server.Origin })).ShouldBe(StepOutcome.Failure("http_500", "HTTP 500\npassword=[REDACTED:secret]"));
    }

    [Fact]
    public async Task Execute_ExpectedStatus_DecidesSuccess()
    {
        await using var server = await FaultyServer.StartAsync(404);

        (await ExecuteAsync(server, new HttpStep { Name = "x", Url = server.Origin, ExpectedStatus = [404, 410] })).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Execute_RedirectToAnotherOrigin_IsNotFollowed()
    {
        await using var elsewhere = await FaultyServer.StartAsync(200);
        await using var server = await FaultyServer.StartAsync((_, context) =>
        {
            context.Response.Redirect(elsewhere.Origin);
            return Task.CompletedTask;
        });
        await using var adapters = Allowing(server.Origin, elsewhere.Origin);

        var outcome = await adapters.Executor("http").ExecuteAsync(new HttpStep { Name = "x", Url = server.Origin, Method = "GET" }, Adapters.Context, default);

        outcome.ErrorCode.ShouldBe("redirect_refused");
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Execute_ChangingRequestRedirected_IsSentOnce()
    {
        await using var server = await FaultyServer.StartAsync((_, context) =>
        {
            context.Response.Headers.Location = "/again";
            return FaultyServer.WriteAsync(context, StatusCodes.Status307TemporaryRedirect);
        });

        (await ExecuteAsync(server, new HttpStep { Name = "x", Url = server.Origin })).ErrorCode.ShouldBe("redirect_refused");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Execute_ReadRedirectedWithinTheOrigin_IsFollowed()
    {
        await using var server = await FaultyServer.StartAsync((_, context) =>
        {
            if (context.Request.Path == "/new")
                return FaultyServer.WriteAsync(context, 200, "here");
            context.Response.Redirect("/new");
            return Task.CompletedTask;
        });

        (await ExecuteAsync(server, new HttpStep { Name = "x", Url = server.Origin, Method = "GET" })).ShouldBe(StepOutcome.Success("HTTP 200\nhere"));
    }

    [Fact]
    public async Task Execute_RedirectLoop_Ends()
    {
        await using var server = await FaultyServer.StartAsync((_, context) =>
        {
            context.Response.Redirect("/loop");
            return Task.CompletedTask;
        });

        (await ExecuteAsync(server, new HttpStep { Name = "x", Url = server.Origin, Method = "GET" })).ErrorCode.ShouldBe("redirect_refused");
        server.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Execute_HugeAnswer_IsReadToTheBoundOnly()
    {
        await using var server = await FaultyServer.StartAsync(async (_, context) =>
        {
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)'a');
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });

        var outcome = await ExecuteAsync(server, new HttpStep { Name = "x", Url = server.Origin });

        outcome.Succeeded.ShouldBeTrue();
        outcome.Output!.Length.ShouldBeLessThan(17_000);
        outcome.Output.ShouldEndWith("more characters]");
    }

    [Fact]
    public async Task Execute_ConnectionReset_FailsByName()
    {
        await using var server = await FaultyServer.StartAsync((_, context) => FaultyServer.ResetAsync(context));

        var outcome = await ExecuteAsync(server, new HttpStep { Name = "x", Url = server.Origin });

        outcome.Succeeded.ShouldBeFalse();
        outcome.ErrorCode.ShouldBeOneOf("connection_closed", "connection_broken");
        server.Requests.Count.ShouldBe(1, "a step's request is never repeated by the client");
    }

    [Fact]
    public async Task Execute_NobodyListens_FailsByName()
    {
        var server = await FaultyServer.StartAsync(200);
        var origin = server.Origin;
        await server.DisposeAsync();
        await using var adapters = Allowing(origin);

        (await adapters.Executor("http").ExecuteAsync(new HttpStep { Name = "x", Url = origin }, Adapters.Context, default)).ErrorCode.ShouldBe("connection_failed");
    }

    [Fact]
    public async Task Execute_LinkLocalAddress_IsNotCalledEvenWhenAllowed()
    {
        await using var adapters = Allowing("http://169.254.169.254");

        (await adapters.Executor("http").ExecuteAsync(new HttpStep { Name = "x", Url = "http://169.254.169.254/latest" }, Adapters.Context, default)).ErrorCode.ShouldBe("connection_failed");
    }

    [Fact]
    public async Task Execute_CancelledWhileTheServerHangs_Throws()
    {
        await using var server = await FaultyServer.StartAsync((self, context) => self.HangAsync(context));
        await using var adapters = Allowing(server.Origin);
        using var timeout = new CancellationTokenSource();

        var call = adapters.Executor("http").ExecuteAsync(new HttpStep { Name = "x", Url = server.Origin }, Adapters.Context, timeout.Token);
        await Eventually.BecomesTrueAsync(() => !server.Requests.IsEmpty, "the server got the request");
        await timeout.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Execute_CancelledInTheMiddleOfASlowBody_Throws()
    {
        var began = new TaskCompletionSource();
        await using var server = await FaultyServer.StartAsync(async (self, context) =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            began.SetResult();
            await self.HangAsync(context);
        });
        await using var adapters = Allowing(server.Origin);
        using var timeout = new CancellationTokenSource();

        var call = adapters.Executor("http").ExecuteAsync(new HttpStep { Name = "x", Url = server.Origin }, Adapters.Context, timeout.Token);
        await began.Task;
        await timeout.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task DryRun_AllowedOrigin_SendsNothing()
    {
        await using var server = await FaultyServer.StartAsync(200);
        await using var adapters = Allowing(server.Origin);

        (await adapters.Executor("http").DryRunAsync(new HttpStep { Name = "x", Url = server.Origin }, Adapters.Context, default)).Succeeded.ShouldBeTrue();
        (await adapters.Executor("http").DryRunAsync(new HttpStep { Name = "x", Url = "http://other.test" }, Adapters.Context, default)).ErrorCode.ShouldBe("origin_not_allowed");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task FindObstacle_ByTheSettings_NamesTheField()
    {
        await using var adapters = Allowing("http://web.test:8080");
        var http = adapters.Executor("http");

        http.FindObstacle(new HttpStep { Name = "x", Url = "http://WEB.test:8080/restart/{{service}}" }).ShouldBeNull();
        http.FindObstacle(new HttpStep { Name = "x", Url = "http://web.test/restart" }).ShouldBe(new StepObstacle("origin_not_allowed", "url"));
        http.FindObstacle(new HttpStep { Name = "x", Url = "http://web.test:8080/", Body = new string('x', 70_000) }).ShouldBe(new StepObstacle("body_too_large", "body"));
        http.FindObstacle(new HttpStep { Name = "x", Url = "http://web.test:8080/", ContentType = "?" }).ShouldBe(new StepObstacle("content_type_invalid", "content_type"));

        var verify = adapters.Executor("verify");
        verify.FindObstacle(new VerifyStep { Name = "x", Url = "http://other.test/" }).ShouldBe(new StepObstacle("origin_not_allowed", "url"));
        verify.FindObstacle(new VerifyStep { Name = "x", PromQl = "up == 1" }).ShouldBeNull();
    }

    private static async Task<StepOutcome> ExecuteAsync(FaultyServer server, HttpStep step)
    {
        await using var adapters = Allowing(server.Origin);
        return await adapters.Executor("http").ExecuteAsync(step, Adapters.Context, default);
    }

    private static Adapters Allowing(params string[] origins) =>
        new(origins.Select((origin, i) => (Key: $"Outbound:AllowedOrigins:{i}", origin)).ToDictionary(pair => pair.Key, pair => (string?)pair.origin));
}
