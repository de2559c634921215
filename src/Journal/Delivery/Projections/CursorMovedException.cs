namespace AwoooP.Journal.Delivery.Projections;

/// <summary>The compare-and-set of a cursor failed: another silo delivers, or an earlier COMMIT whose answer was lost did happen. Nothing was written.</summary>
internal sealed class CursorMovedException(string consumer) : Exception($"The position of {consumer} has moved on.");
