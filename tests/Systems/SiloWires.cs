using System.Globalization;
using AwoooP.Demo;
using AwoooP.Journal.Local;
using Npgsql;

namespace AwoooP.Systems;

/// <summary>The ways from other silos to one silo, and from it to PostgreSQL.</summary>
public sealed class SiloWires : IAsyncDisposable
{
    private readonly int _endpoint = LoopbackPort.Free();
    private readonly string _postgres;

    /// <param name="postgres">It runs already.</param>
    public SiloWires(LocalPostgres postgres)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres.SuperuserConnection());
        FromSilos = new TcpWire(_endpoint);
        ToPostgres = new TcpWire(server.Port);
        (server.Host, server.Port) = ("127.0.0.1", ToPostgres.Port);
        _postgres = server.ConnectionString;
    }

    public TcpWire FromSilos { get; }

    public TcpWire ToPostgres { get; }

    /// <summary>What leads a silo and its peers through the wires.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["AWOOOP_POSTGRES"] = _postgres,
        ["Silo__Endpoint"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_endpoint}"),
        ["Silo__AdvertisedEndpoint"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FromSilos.Port}"),
    };

    public async ValueTask DisposeAsync()
    {
        await FromSilos.DisposeAsync();
        await ToPostgres.DisposeAsync();
    }
}
