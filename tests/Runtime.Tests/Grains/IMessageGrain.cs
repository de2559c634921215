using System.Text.Json.Serialization;

namespace AwoooP.Runtime.Tests;

public interface IMessageBaseGrain : IGrainWithStringKey
{
    Task<Parcel?> ForwardAsync(Parcel? parcel, CancellationToken cancellationToken);
}

/// <summary>Every shape of arguments and answers that a call can carry to another process.</summary>
public interface IMessageGrain : IMessageBaseGrain
{
    Task NothingAsync();

    ValueTask<int?> CountAsync(int? left, long right, bool isSure, CancellationToken cancellationToken);

    Task<string?> TextAsync(string? text, string other);

    Task<Guid[]> ManyAsync(Guid[] ids, IReadOnlyList<Parcel?> parcels, IReadOnlyDictionary<string, Parcel> byName);

    [OneWay]
    Task TellAsync(DateTimeOffset at);
}

public sealed record Parcel(string Name, int? Weight, DateTimeOffset At, IReadOnlyList<string>? Stamps = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Parcel))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(Guid[]))]
[JsonSerializable(typeof(IReadOnlyList<Parcel>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, Parcel>))]
internal sealed partial class MessageJson : JsonSerializerContext;
