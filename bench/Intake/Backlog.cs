namespace AwoooP.Bench.Intake;

/// <param name="Intake">Alerts that were acknowledged and have not reached their grains.</param>
/// <param name="Delivery">Events of grains that records and reactions have not taken.</param>
/// <param name="Consumed">Alerts that reached their grains since the start.</param>
internal readonly record struct Backlog(long Intake, long Delivery, long Consumed)
{
    public bool IsEmpty => Intake == 0 && Delivery == 0;
}
