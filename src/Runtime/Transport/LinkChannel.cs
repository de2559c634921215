using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;

namespace AwoooP.Runtime.Transport;

/// <summary>The bytes of a connection, inside TLS where that is on.</summary>
internal sealed class LinkChannel : IAsyncDisposable
{
    /// <summary>A record of TLS fits in.</summary>
    private const int TlsBufferBytes = 32 * 1024;

    private readonly ConnectionContext _connection;
    private readonly SslStream? _tls;

    public LinkChannel(ConnectionContext connection)
    {
        _connection = connection;
        Input = connection.Transport.Input;
        Output = connection.Transport.Output;
    }

    /// <param name="binding">The hash of the certificate.</param>
    public LinkChannel(ConnectionContext connection, SslStream tls, ReadOnlyMemory<byte> binding)
    {
        _connection = connection;
        _tls = tls;
        Input = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: TlsBufferBytes, leaveOpen: true));
        Output = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
        Binding = binding;
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>What both ends know of the encryption, and nobody between them can share; empty without TLS.</summary>
    public ReadOnlyMemory<byte> Binding { get; }

    public string Remote => _connection.RemoteEndPoint?.ToString() ?? "";

    /// <summary>Cuts the connection: reads and writes under way end.</summary>
    public void Abort() => _connection.Abort();

    /// <summary>Ends the connection after what was written.</summary>
    public async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        if (_tls is not null)
            await _tls.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
