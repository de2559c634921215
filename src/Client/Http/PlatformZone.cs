using Microsoft.Extensions.Options;

namespace AwoooP.Client.Http;

/// <summary>The zone that the platform counts days and writes times in.</summary>
internal sealed class PlatformZone(IOptions<FrontOptions> options)
{
    public TimeZoneInfo Info { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    public DateTimeOffset Convert(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Info);
}
