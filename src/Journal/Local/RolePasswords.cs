using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AwoooP.Journal.Local;

/// <summary>The generated passwords of the roles, kept in a file that only its owner may read.</summary>
internal sealed record RolePasswords(string Superuser, string Owner, string Engine, string App, string Reader)
{
    public static RolePasswords Load(string path)
    {
        if (File.Exists(path))
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, RolePasswordsJson.Default.RolePasswords)
                ?? throw new LocalPostgresException($"{path} is empty.");
        }

        var passwords = new RolePasswords(Generate(), Generate(), Generate(), Generate(), Generate());
        Save(path, passwords);
        return passwords;
    }

    public override string ToString() => nameof(RolePasswords);

    // Written beside and renamed: a crash leaves the old file or the new one, never half of one.
    private static void Save(string path, RolePasswords passwords)
    {
        var unfinished = path + ".new";
        using (var file = PrivateFile.Create(unfinished))
        {
            JsonSerializer.Serialize(file, passwords, RolePasswordsJson.Default.RolePasswords);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private static string Generate() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}

[JsonSerializable(typeof(RolePasswords))]
internal sealed partial class RolePasswordsJson : JsonSerializerContext;
