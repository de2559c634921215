namespace AwoooP.Journal.Delivery;

/// <summary>What the admin page and readiness look at; from memory, so it never fails.</summary>
public interface IDeliveryStatus
{
    DeliveryStatus Read();
}
