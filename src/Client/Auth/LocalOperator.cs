using System.Text;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>
/// The operator of this machine: on the first start a key with every right is made and written to a file that only its owner can
/// read, so that <c>awooop</c> and the console have something to begin with.
/// </summary>
public sealed partial class LocalOperator(IClusterClient cluster, TimeProvider time, ILogger<LocalOperator> logger)
{
    public const string OperatorId = "local-admin";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

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
        var key = await ReadAsync(path, cancellationToken) ?? await WriteAsync(path, cancellationToken);
        CallContext.Current = new CallContext { ProjectId = IOperatorKeyGrain.Project, Actor = Actors.Platform };
        while (true)
        {
            try
            {
                return await EnsureAsync(key, path, defaultProject, cancellationToken);
            }
            catch (Exception fault) when (FaultMiddleware.IsForNow(fault) && !cancellationToken.IsCancellationRequested)
            {
                LogNotYet(key.KeyId, fault.GetType().Name);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task<bool> EnsureAsync(ApiKey key, string path, string defaultProject, CancellationToken cancellationToken)
    {
        var grain = cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{key.KeyId}");
        if (await grain.GetAsync(cancellationToken) is not null)
            return false;

        var roles = new Dictionary<string, OperatorRole> { ["*"] = OperatorRole.Admin };
        var issued = await grain.IssueAsync(
            new IssueOperatorKey(key.KeyId, OperatorId, key.SecretSha256, roles, defaultProject, ExpiresAt: null), cancellationToken);
        if (!issued.IsAccepted)
            throw new InvalidOperationException($"The local operator's key was refused: {issued.Refusal!.Code}.");

        LogIssued(key.KeyId, path);
        return true;
    }

    private static async Task<ApiKey?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return null;

        var text = await File.ReadAllTextAsync(path, cancellationToken);
        return ApiKey.Parse(text.AsSpan().Trim())
            ?? throw new InvalidOperationException($"{path} does not hold an operator key. Move it away to have a new one made.");
    }

    private static async Task<ApiKey> WriteAsync(string path, CancellationToken cancellationToken)
    {
        var key = ApiKey.Create();
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // Whole or not at all: a torn file would lock the operator out.
        var unfinished = path + ".new";
        File.Delete(unfinished);
        await using (var stream = new FileStream(unfinished, options))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(key.Reveal() + "\n"), cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
        return key;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Operator key {KeyId} of this machine cannot be looked at yet ({Fault})")]
    private partial void LogNotYet(string keyId, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Made operator key {KeyId} for this machine; it is in {Path}")]
    private partial void LogIssued(string keyId, string path);
}
