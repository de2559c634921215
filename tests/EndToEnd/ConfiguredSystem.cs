namespace AwoooP.EndToEnd;

/// <summary>A system whose operator has set a time zone and a webhook.</summary>
public sealed class ConfiguredSystem : SharedSystem
{
    private const string KeyVariable = "AWOOOP_TEST_WEBHOOK_KEY";

    internal WebhookPeer Peer { get; private set; } = null!;

    /// <summary>Eleven hours behind UTC or fourteen before it: whichever has another date now than the default zone.</summary>
    internal TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(
        TimeProvider.System.GetUtcNow().Hour is >= 11 and < 16 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago");

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Silo__TimeZone"] = Zone.Id,
        ["Notifications__Routes__0__Recipient"] = "ops",
        ["Integrations__Webhooks__Receivers__ops__Url"] = Peer.Address.ToString(),
        ["Integrations__Webhooks__Receivers__ops__Secret"] = $"env://{KeyVariable}",
        [KeyVariable] = Peer.Key,
    };

    public override async Task InitializeAsync()
    {
        Peer = await WebhookPeer.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Peer.DisposeAsync();
    }
}
