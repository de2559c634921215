using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>
/// What the log has that this build cannot read: its projections do not ask for types that they do not know, so tables that it makes would lack
/// what a newer build has told in them, and nothing would show it.
/// </summary>
internal static class NewerEvents
{
    private const string Sql =
        "select distinct e.type, e.type_version from journal.event e where $1 is null or e.at < $1 order by e.type, e.type_version";

    /// <param name="before">The end of what is looked through; null for the whole log.</param>
    /// <returns>A sentence, or null when all is known.</returns>
    public static async Task<string?> FindAsync(NpgsqlConnection owner, IKnownEvents known, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        // The log is read whole.
        await using var command = new NpgsqlCommand(Sql, owner) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        var unknown = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (type, version) = (rows.GetString(0), rows.GetInt16(1));
            if (!known.Contains(type, version))
                unknown.Add(string.Create(CultureInfo.InvariantCulture, $"{type} version {version}"));
        }

        return unknown.Count == 0 ? null : $"The log has events of a newer build ({string.Join(", ", unknown)}): run this with that build.";
    }
}
