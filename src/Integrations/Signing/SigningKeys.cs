using System.Collections.Concurrent;
using System.Text;
using AwoooP.Integrations.Secrets;
using AwoooP.Signing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Signing;

/// <summary>The keys of the settings with their secrets, from where those are kept. A secret that is changed there is used within a minute.</summary>
internal sealed partial class SigningKeys(
    SecretResolver secrets, IOptionsMonitor<SigningOptions> options, TimeProvider time, ILogger<SigningKeys> logger)
{
    /// <summary>A key that cannot be used is told once in this time, however often it is asked for.</summary>
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Use, string KeyId), long> _told = new();

    /// <summary>Every key, the one that signs first. A key that cannot be used now is among them without its secret.</summary>
    /// <param name="use">The name of the options: <see cref="SigningOptions.Audit"/>, say.</param>
    /// <param name="cancellationToken">Ends the reading of secrets.</param>
    public async ValueTask<IReadOnlyList<SigningKey>> ReadAsync(string use, CancellationToken cancellationToken)
    {
        var settings = options.Get(use).Keys;
        var keys = new SigningKey[settings.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = new SigningKey(settings[i].KeyId, [.. settings[i].Projects], await FindAsync(use, settings[i], cancellationToken));
        return keys;
    }

    private async ValueTask<byte[]?> FindAsync(string use, SigningKeyOptions key, CancellationToken cancellationToken)
    {
        try
        {
            var secret = Encoding.UTF8.GetBytes(await secrets.ResolveAsync(key.Secret, cancellationToken));
            if (secret.Length >= SigningKey.LeastSecret)
                return secret;

            if (IsToBeTold(use, key.KeyId))
                LogTooShort(use, key.KeyId, SigningKey.LeastSecret);
        }
        catch (SecretUnavailableException fault)
        {
            if (IsToBeTold(use, key.KeyId))
                LogUnreadable(use, key.KeyId, fault.Message);
        }

        return null;
    }

    private bool IsToBeTold(string use, string keyId)
    {
        var now = time.GetTimestamp();
        return _told.TryGetValue((use, keyId), out var told)
            ? time.GetElapsedTime(told, now) >= TellAgain && _told.TryUpdate((use, keyId), now, told)
            : _told.TryAdd((use, keyId), now);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The key {KeyId} of Integrations:{Use} is shorter than {Least} bytes and is not used")]
    private partial void LogTooShort(string use, string keyId, int least);

    [LoggerMessage(Level = LogLevel.Error, Message = "The key {KeyId} of Integrations:{Use} cannot be used: {Why}")]
    private partial void LogUnreadable(string use, string keyId, string why);
}
