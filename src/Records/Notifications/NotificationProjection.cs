using AwoooP.Notifications;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>notification_outcomes</c>.</summary>
internal sealed class NotificationProjection() : Projection("records.notifications", ["public.notification_outcomes"], typeof(NotificationEvent))
{
    protected override Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken) =>
        NotificationTable.Instance.ApplyAsync(connection, events, NotificationFold.Begins, NotificationFold.Apply, cancellationToken);
}
