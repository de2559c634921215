using Npgsql;

namespace AwoooP.Journal.Delivery;

/// <param name="Engine">Role awooop_engine: the journal across tenants.</param>
/// <param name="App">Role awooop_app: what projections write as.</param>
internal sealed record DeliveryConnections(NpgsqlDataSource Engine, NpgsqlDataSource App);
