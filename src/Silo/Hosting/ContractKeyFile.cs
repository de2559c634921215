using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Silo.Hosting;

/// <summary>The key that contracts are signed with where no other is configured: a file in the data folder, made at the first start.</summary>
internal static class ContractKeyFile
{
    public const string KeyId = "local";
    private const string Section = "Integrations:Contracts:Keys";
    private const int SecretBytes = 32;

    /// <summary>Names the file as the one key, unless there are keys.</summary>
    public static void AddTo(ConfigurationManager configuration, SiloOptions options)
    {
        if (!options.HostsGrains || configuration.GetSection(Section).GetChildren().Any())
            return;

        var path = Path.GetFullPath(Path.Combine(options.DataFolder, "contracts.key"));
        Make(path);
        configuration[$"{Section}:0:KeyId"] = KeyId;
        configuration[$"{Section}:0:Secret"] = $"file://{path}";
    }

    /// <summary>Silos of one data folder may start at the same time: the first file stays.</summary>
    private static void Make(string path)
    {
        if (File.Exists(path))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}";
        var ownerOnly = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using (var file = new FileStream(draft, ownerOnly))
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)) + "\n"));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
