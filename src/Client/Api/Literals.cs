using System.Text.Json;

namespace AwoooP.Client.Api;

/// <summary>Enum values as the API writes them.</summary>
internal static class Literals
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
