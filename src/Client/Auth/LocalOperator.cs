using System.Text;
using AwoooP.Client.Starting;
using AwoooP.Commands;
using AwoooP.Journal.Hosting;
using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>
/// The operator of this machine: on the first start a key with every right is made and written to a file that only its owner can
/// read, so that <c>awooop</c> and the console have something to begin with.
/// </summary>
public sealed partial class LocalOperator(IClusterClient cluster, TimeProvider time, ILogger<LocalOperator> logger)
{
    public const string OperatorId = Actors.LocalOperator;

    /// <summary>
    /// Makes sure that the key in the file is known to the journal, and makes one when there is no file. The file is written first and
    /// the key is issued from it, so a crash between the two is mended by the next start. A revoked key stays revoked. What fails for
    /// the moment, as when the lease lapses meanwhile, is tried again.
    /// </summary>
    /// <param name="path">Where the key is kept.</param>
    /// <param name="defaultProject">The project meant when a request names none.</param>
    /// <param name="cancellationToken">Ends the wait for the journal.</param>
    /// <returns>True when the key was issued now.</returns>
    public async Task<bool> EnsureAsync(string path, string defaultProject, CancellationToken cancellationToken)
    {
        var key = ReadOrMake(path);
        CallContext.Current = new CallContext { ProjectId = IOperatorKeyGrain.Project, Actor = Actors.Platform };
        return await StartCall.RepeatAsync(
            token => EnsureAsync(key, path, defaultProject, token), fault => LogNotYet(key.KeyId, fault.GetType().Name), time, cancellationToken);
    }

    private async Task<bool> EnsureAsync(ApiKey key, string path, string defaultProject, CancellationToken cancellationToken)
    {
        var grain = cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{key.KeyId}");
        if (await grain.GetAsync(cancellationToken) is not null)
            return false;

        var roles = new Dictionary<string, OperatorRole> { ["*"] = OperatorRole.Admin };
        var issued = await grain.IssueAsync(
            new IssueOperatorKey(key.KeyId, OperatorId, key.SecretSha256, roles, defaultProject, ExpiresAt: null), cancellationToken);
        // Another silo of this data folder that starts at the same time.
        if (issued.Refusal is { Kind: RefusalKind.Conflict })
            return false;
        if (issued.Refusal is { } refusal)
            throw new InvalidOperationException($"The local operator's key was refused: {refusal.Code}.");

        LogIssued(key.KeyId, path);
        return true;
    }

    private static ApiKey ReadOrMake(string path)
    {
        var text = Encoding.UTF8.GetString(PrivateFile.ReadOrMake(path, static () => Encoding.ASCII.GetBytes(ApiKey.Create().Reveal() + "\n")));
        return ApiKey.Parse(text.AsSpan().Trim())
            ?? throw new InvalidOperationException($"{path} does not hold an operator key. Move it away to have a new one made.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Operator key {KeyId} of this machine cannot be looked at yet ({Fault})")]
    private partial void LogNotYet(string keyId, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Made operator key {KeyId} for this machine; it is in {Path}")]
    private partial void LogIssued(string keyId, string path);
}
