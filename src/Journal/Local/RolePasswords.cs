using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Journal.Hosting;

namespace AwoooP.Journal.Local;

/// <summary>The generated passwords of the roles, kept in a file that only its owner may read.</summary>
internal sealed record RolePasswords(string Superuser, string Owner, string Engine, string App, string Reader)
{
    public static RolePasswords Load(string path)
    {
        var kept = PrivateFile.ReadOrMake(path, static () => JsonSerializer.SerializeToUtf8Bytes(
            new RolePasswords(Generate(), Generate(), Generate(), Generate(), Generate()), RolePasswordsJson.Default.RolePasswords));
        return JsonSerializer.Deserialize(kept, RolePasswordsJson.Default.RolePasswords) ?? throw new LocalPostgresException($"{path} is empty.");
    }

    public override string ToString() => nameof(RolePasswords);

    private static string Generate() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}

[JsonSerializable(typeof(RolePasswords))]
internal sealed partial class RolePasswordsJson : JsonSerializerContext;
