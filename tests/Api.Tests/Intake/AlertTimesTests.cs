using System.Text;
using System.Text.Json;
using AwoooP.Alerts;
using AwoooP.Client.Intake;

namespace AwoooP.Api.Tests.Intake;

/// <summary>Alertmanager's rules for times that were not sent.</summary>
public sealed class AlertTimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("", "2026-03-01T12:00:00Z", "2026-03-01T12:05:00Z")]
    [InlineData(""","startsAt":"2026-03-01T11:00:00Z" """, "2026-03-01T11:00:00Z", "2026-03-01T12:05:00Z")]
    [InlineData(""","endsAt":"2026-03-01T11:30:00Z" """, "2026-03-01T11:30:00Z", "2026-03-01T11:30:00Z")]
    [InlineData(""","endsAt":"2026-03-01T13:00:00Z" """, "2026-03-01T13:00:00Z", "2026-03-01T13:00:00Z")]
    [InlineData(""","startsAt":"2026-03-01T11:00:00Z","endsAt":"2026-03-01T11:00:00Z" """, "2026-03-01T11:00:00Z", "2026-03-01T11:00:00Z")]
    [InlineData(""","startsAt":"0001-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00.000Z" """, "2026-03-01T12:00:00Z", "2026-03-01T12:05:00Z")]
    [InlineData(""","startsAt":null,"endsAt":"" """, "2026-03-01T12:00:00Z", "2026-03-01T12:05:00Z")]
    [InlineData(""","startsAt":"2026-03-01T19:00:00.123456789+08:00" """, "2026-03-01T11:00:00.1234567Z", "2026-03-01T12:05:00Z")]
    public void Read_TimesLeftOut_FollowsAlertmanager(string times, string startsAt, string endsAt)
    {
        var alert = Read("[{\"labels\":{\"a\":\"b\"}" + times + "}]");
        (alert.StartsAt, alert.EndsAt).ShouldBe((DateTimeOffset.Parse(startsAt, null), DateTimeOffset.Parse(endsAt, null)));
    }

    [Fact]
    public void Read_WebhookWithoutEnd_FiresUntilTheWebhooksTimeout()
    {
        var reader = new AlertBatchReader(new CleanTextPool(), Now, TimeSpan.FromHours(12), AlertBatch.AlertmanagerWebhook);
        var payload = reader.ReadWebhook("""
            {"version":"4","status":"firing","receiver":"r","groupLabels":{"x":{}},"alerts":[
              {"status":"firing","labels":{"alertname":"A"},"annotations":{},"startsAt":"2026-03-01T11:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f"}]}
            """u8);
        var batch = JsonSerializer.Deserialize(payload.Span, AlertBatchJson.Default.AlertBatch)!;
        batch.Source.ShouldBe(AlertBatch.AlertmanagerWebhook);
        batch.Alerts.ShouldHaveSingleItem().EndsAt.ShouldBe(Now + TimeSpan.FromHours(12));
    }

    [Theory]
    [InlineData("""{"version":"3","alerts":[]}""")]
    [InlineData("""{"version":"4"}""")]
    [InlineData("""{"alerts":[]}""")]
    [InlineData("""{"version":"4","alerts":{}}""")]
    [InlineData("[]")]
    public void ReadWebhook_AnotherShape_IsRefused(string body)
    {
        var reader = new AlertBatchReader(new CleanTextPool(), Now, Timeout, AlertBatch.AlertmanagerWebhook);
        Should.Throw<JsonException>(() => reader.ReadWebhook(Encoding.UTF8.GetBytes(body)));
    }

    private static SentAlert Read(string body)
    {
        var reader = new AlertBatchReader(new CleanTextPool(), Now, Timeout, AlertBatch.AlertmanagerApi);
        var payload = reader.ReadArray(Encoding.UTF8.GetBytes(body));
        reader.Errors.ShouldBeEmpty();
        return JsonSerializer.Deserialize(payload.Span, AlertBatchJson.Default.AlertBatch)!.Alerts.ShouldHaveSingleItem();
    }
}
