using System.Globalization;

namespace AwoooP.Time;

/// <summary>The one time zone that people see: ids carry its date, and the API writes its offset.</summary>
public sealed class PlatformZone(TimeZoneInfo zone)
{
    public const string DefaultId = "Asia/Taipei";

    public TimeZoneInfo Zone { get; } = zone;

    public static PlatformZone Default { get; } = Of(DefaultId);

    /// <param name="id">An IANA zone id.</param>
    /// <exception cref="TimeZoneNotFoundException">Neither this machine's zone database nor this class knows the id.</exception>
    public static PlatformZone Of(string id)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            return new PlatformZone(zone);

        // A machine without a zone database still runs with the default: Taipei has had no daylight saving since 1979.
        return id == DefaultId
            ? new PlatformZone(TimeZoneInfo.CreateCustomTimeZone(DefaultId, TimeSpan.FromHours(8), DefaultId, DefaultId))
            : throw new TimeZoneNotFoundException($"There is no time zone '{id}' on this machine.");
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The date in this zone as <c>YYYYMMDD</c>.</summary>
    public string DateStamp(DateTimeOffset at) => Local(at).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
