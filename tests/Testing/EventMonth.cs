using System.Globalization;
using Npgsql;

namespace AwoooP.Testing;

/// <summary>Months of the event log that lie behind: a silo makes none, since none is missing where it has run.</summary>
public static class EventMonth
{
    /// <summary>As journal.ensure_event_partitions makes those ahead.</summary>
    public static async Task MakeAsync(NpgsqlDataSource owner, int year, int month)
    {
        var from = new DateTime(year, month, 1);
        var name = string.Create(CultureInfo.InvariantCulture, $"journal.event_y{from:yyyy}m{from:MM}");
        await using var command = owner.CreateCommand(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            create table {name} (like journal.event including defaults including constraints);
            alter table {name} enable row level security;
            alter table {name} force row level security;
            create trigger append_only_truncate before truncate on {name} for each statement execute function journal.refuse_change();
            alter table journal.event attach partition {name} for values from ('{from:yyyy-MM-dd} 00:00:00+00') to ('{from.AddMonths(1):yyyy-MM-dd} 00:00:00+00');
            """));
        await command.ExecuteNonQueryAsync();
    }
}
