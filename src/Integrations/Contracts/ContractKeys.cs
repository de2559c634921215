using System.Text;
using AwoooP.Contracts;
using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Contracts;

/// <summary>The keys of contracts, from where secrets are kept. One that is rotated there is used within a minute.</summary>
internal sealed partial class ContractKeys(SecretResolver secrets, IOptionsMonitor<ContractOptions> options, ILogger<ContractKeys> logger) : IContractKeys
{
    public async ValueTask<IReadOnlyList<ContractKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue.Keys;
        var keys = new ContractKey[settings.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = new ContractKey(settings[i].KeyId, [.. settings[i].Projects], await FindAsync(settings[i], cancellationToken));
        return keys;
    }

    private async ValueTask<byte[]?> FindAsync(ContractKeyOptions key, CancellationToken cancellationToken)
    {
        try
        {
            var secret = Encoding.UTF8.GetBytes(await secrets.ResolveAsync(key.Secret, cancellationToken));
            if (secret.Length >= ContractKey.LeastSecret)
                return secret;

            LogTooShort(key.KeyId, ContractKey.LeastSecret);
        }
        catch (SecretUnavailableException fault)
        {
            LogUnreadable(key.KeyId, fault.Message);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The contract key {KeyId} is shorter than {Least} bytes and is not used")]
    private partial void LogTooShort(string keyId, int least);

    [LoggerMessage(Level = LogLevel.Error, Message = "The contract key {KeyId} cannot be used: {Why}")]
    private partial void LogUnreadable(string keyId, string why);
}
