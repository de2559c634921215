using System.Collections.Frozen;
using System.Text.Json;

namespace AwoooP.Events;

/// <summary>Enums as events, tables and the API spell them: lower case with underscores.</summary>
public static class Literal
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Names<TEnum>.ByValue[value];

    public static TEnum To<TEnum>(string literal)
        where TEnum : struct, Enum => Names<TEnum>.ByLiteral[literal];

    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly FrozenDictionary<TEnum, string> ByValue = Enum.GetValues<TEnum>()
            .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, TEnum> ByLiteral = ByValue
            .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);
    }
}
