namespace AwoooP.Journal.Delivery.Ordered;

/// <param name="Done">How many of the items, from the first, are delivered or held back durably.</param>
/// <param name="IsHeld">Set when the lane's hold began or ended.</param>
internal readonly record struct LaneResult(int Done, bool? IsHeld = null);
