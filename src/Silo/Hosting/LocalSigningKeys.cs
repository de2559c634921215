using System.Security.Cryptography;
using System.Text;
using AwoooP.Integrations.Signing;
using AwoooP.Journal.Hosting;

namespace AwoooP.Silo.Hosting;

/// <summary>What is signed with where no keys are configured: 256 random bits in a file of the data folder, made at the first start.</summary>
internal static class LocalSigningKeys
{
    private const int SecretBytes = 32;

    /// <summary>Names each file as the one key of its use, unless there are keys.</summary>
    public static void AddTo(ConfigurationManager configuration, SiloOptions options)
    {
        // A front checks heads, too.
        Add(configuration, SigningOptions.Audit, Path.Combine(options.DataFolder, "audit.key"));
        if (options.HostsGrains)
            Add(configuration, SigningOptions.Contracts, Path.Combine(options.DataFolder, "contracts.key"));
    }

    private static void Add(ConfigurationManager configuration, string use, string path)
    {
        var keys = $"Integrations:{use}:Keys";
        if (configuration.GetSection(keys).GetChildren().Any())
            return;

        var file = PrivateFile.ReadOrMake(path, static () => Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true) + "\n"));
        configuration[$"{keys}:0:KeyId"] = IdOf(Encoding.UTF8.GetString(file).Trim());
        configuration[$"{keys}:0:Secret"] = $"file://{Path.GetFullPath(path)}";
    }

    /// <summary>By the key's hash: what the file of another machine has signed is of a key that is not known here, and not wrong.</summary>
    private static string IdOf(string secret) => $"local-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..12]}";
}
