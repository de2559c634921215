using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AwoooP.Integrations.Tests.Peers;
using AwoooP.Notifications;
using AwoooP.Testing;
using Microsoft.AspNetCore.Http;

namespace AwoooP.Integrations.Tests.Channels;

public sealed class WebhookChannelTests : IDisposable
{
    private const string Key = "a-key-for-tests";
    private readonly string _keyFile = Path.GetTempFileName();

    public WebhookChannelTests() => File.WriteAllText(_keyFile, $"{{\"hmac\":\"{Key}\"}}");

    private static NotificationMessage Message { get; } = new(
        "awoooi", Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057"), "TYPE-3", "ops", "Webshop down", "password=hunter2 was in a log", "INC-20260114-7K3QX9", null,
        new DateTimeOffset(2026, 1, 14, 9, 29, 0, TimeSpan.Zero), 1, "4bf92f3577b34da6a3ce929d0e0e4736");

    private static FakeClock Clock() => new(new DateTimeOffset(2026, 1, 14, 9, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task Send_Accepted_IsSignedAndDelivered()
    {
        await using var server = await FaultyServer.StartAsync(200, "{\"id\":\"m-17\"}", "application/json");

        var result = await SendAsync(server, Clock());

        result.ShouldBe(new NotificationSendResult.Delivered("m-17"));
        var request = server.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Headers["Awooop-Notification-Id"].ShouldBe(Message.NotificationId.ToString());
        request.Headers["Awooop-Signature"].ShouldBe($"t=1768383000,v1={Hmac($"1768383000.{request.Body}")}");
        using var body = JsonDocument.Parse(request.Body);
        body.RootElement.GetProperty("title").GetString().ShouldBe("Webshop down");
        body.RootElement.GetProperty("body").GetString().ShouldBe("password=[REDACTED:secret] was in a log");
        body.RootElement.GetProperty("incident_id").GetString().ShouldBe("INC-20260114-7K3QX9");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task Send_PassingFault_IsRetryable(int status)
    {
        await using var server = await FaultyServer.StartAsync(status);

        (await SendAsync(server)).ShouldBe(new NotificationSendResult.Retryable($"http_{status}"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Send_Refused_IsPermanent(int status)
    {
        await using var server = await FaultyServer.StartAsync(status);

        (await SendAsync(server)).ShouldBe(new NotificationSendResult.Permanent($"http_{status}"));
    }

    [Fact]
    public async Task Send_Redirected_IsPermanentAndNotFollowed()
    {
        await using var server = await FaultyServer.StartAsync((_, context) =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });

        (await SendAsync(server)).ShouldBe(new NotificationSendResult.Permanent("http_302"));
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Wed, 14 Jan 2026 09:31:00 GMT", 60)]
    [InlineData("Wed, 14 Jan 2026 09:00:00 GMT", 0)]
    [InlineData("2147483647", 3600)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 3600)]
    [InlineData(null, null)]
    public async Task Send_TooMany_TellsHowLongToWait(string? retryAfter, int? seconds)
    {
        await using var server = await FaultyServer.StartAsync((_, context) =>
        {
            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            return FaultyServer.WriteAsync(context, StatusCodes.Status429TooManyRequests);
        });

        (await SendAsync(server, Clock())).ShouldBe(new NotificationSendResult.RateLimited(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));
    }

    [Fact]
    public async Task Send_ConnectionReset_IsRetryable()
    {
        await using var server = await FaultyServer.StartAsync((_, context) => FaultyServer.ResetAsync(context));

        (await SendAsync(server)).ShouldBeOfType<NotificationSendResult.Retryable>();
    }

    [Fact]
    public async Task Send_ReceiverHangs_IsRetryableAfterTheTimeOut()
    {
        var clock = Clock();
        await using var server = await FaultyServer.StartAsync((self, context) => self.HangAsync(context));

        var sending = SendAsync(server, clock);
        await Eventually.BecomesTrueAsync(() => !server.Requests.IsEmpty, "the receiver got the message");
        clock.Advance(TimeSpan.FromSeconds(10));

        (await sending).ShouldBe(new NotificationSendResult.Retryable("timed_out"));
    }

    [Fact]
    public async Task Send_HugeAnswer_IsDeliveredWithoutReadingItAll()
    {
        await using var server = await FaultyServer.StartAsync(200, "{\"id\":\"" + new string('a', 100_000) + "\"}", "application/json");

        (await SendAsync(server)).ShouldBe(new NotificationSendResult.Delivered(null));
    }

    [Fact]
    public async Task Send_UnknownRecipient_IsPermanent()
    {
        await using var adapters = new Adapters([]);

        (await adapters.Channel(NotificationChannel.Webhook).SendAsync(Message, default)).ShouldBe(new NotificationSendResult.Permanent("webhook_not_configured"));
    }

    [Fact]
    public async Task Send_SecretMissing_WaitsAndNamesNoSecret()
    {
        await using var adapters = new Adapters(new()
        {
            ["Webhooks:Receivers:ops:Url"] = "http://127.0.0.1:1/",
            ["Webhooks:Receivers:ops:Secret"] = "file:///nonexistent/secrets#hmac",
        });

        (await adapters.Channel(NotificationChannel.Webhook).SendAsync(Message, default)).ShouldBe(new NotificationSendResult.Retryable("secret_unavailable"));
    }

    [Theory]
    [InlineData(NotificationChannel.Telegram)]
    [InlineData(NotificationChannel.Slack)]
    [InlineData(NotificationChannel.Email)]
    [InlineData(NotificationChannel.Sms)]
    [InlineData(NotificationChannel.Discord)]
    public async Task Send_ChannelWithoutConnection_SaysSo(NotificationChannel channel)
    {
        await using var adapters = new Adapters([]);

        (await adapters.Channel(channel).SendAsync(Message, default)).ShouldBe(new NotificationSendResult.Permanent("not_configured"));
    }

    public void Dispose() => File.Delete(_keyFile);

    private static string Hmac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(text)));

    private async Task<NotificationSendResult> SendAsync(FaultyServer server, TimeProvider? time = null)
    {
        await using var adapters = new Adapters(
            new()
            {
                ["Webhooks:Receivers:ops:Url"] = server.Origin + "/hook",
                ["Webhooks:Receivers:ops:Secret"] = $"file://{_keyFile}#hmac",
            },
            time);
        return await adapters.Channel(NotificationChannel.Webhook).SendAsync(Message, default);
    }
}
