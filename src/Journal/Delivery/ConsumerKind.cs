namespace AwoooP.Journal.Delivery;

public enum ConsumerKind
{
    None = 0,
    Projection,
    Reaction,
    Subscription,
}
