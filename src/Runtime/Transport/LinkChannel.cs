using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace AwoooP.Runtime.Transport;

/// <summary>The bytes of a connection, behind TLS where that is on.</summary>
internal sealed class LinkChannel(ConnectionContext connection) : IAsyncDisposable
{
    public PipeReader Input { get; } = connection.Transport.Input;

    public PipeWriter Output { get; } = connection.Transport.Output;

    /// <summary>What both ends know of the encryption, and nobody in the middle can share: the hash of the certificate.</summary>
    public ReadOnlyMemory<byte> Binding { get; } = default;

    public string Remote { get; } = connection.RemoteEndPoint?.ToString() ?? "";

    /// <summary>Cuts the connection: reads and writes under way end.</summary>
    public void Abort() => connection.Abort();

    /// <summary>Ends the connection after what was written.</summary>
    public async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
