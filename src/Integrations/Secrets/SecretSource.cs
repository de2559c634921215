using AwoooP.Secrets;
using Microsoft.Extensions.Logging;

namespace AwoooP.Integrations.Secrets;

/// <summary>The secrets for those outside of the integrations.</summary>
internal sealed partial class SecretSource(SecretResolver resolver, ILogger<SecretSource> logger) : ISecretSource
{
    public async ValueTask<string?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await resolver.ResolveAsync(reference, cancellationToken);
        }
        catch (SecretUnavailableException fault)
        {
            LogUnavailable(fault.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Fault}")]
    private partial void LogUnavailable(string fault);
}
