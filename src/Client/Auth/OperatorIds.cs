using System.Buffers;
using AwoooP.Commands;

namespace AwoooP.Client.Auth;

/// <summary>How people are named, whether by a key or by an identity provider: never as the platform's own actors are.</summary>
internal static class OperatorIds
{
    public const int MaxLength = 100;
    public const string Rule = "1 to 100 letters, digits or - _ . @ | : + / = ~";

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@|:+/=~");

    public static bool IsValid(string id) => id.Length is >= 1 and <= MaxLength && !id.AsSpan().ContainsAnyExcept(Characters);

    public static bool IsReserved(string id) => id == LocalOperator.OperatorId || Actors.RoleOf(id) != Actors.Operator;
}
