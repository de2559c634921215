using AwoooP.Budgets;
using AwoooP.Models;

namespace AwoooP.Grains.Tests.Models;

/// <summary>A call of a model, and the accounts that it touches.</summary>
public abstract class ModelGatewayStory
{
    private protected static readonly string OfRun = BudgetAccount.OfRun(ModelDesk.Run);
    private protected static readonly string OfIncident = BudgetAccount.OfIncident(ModelDesk.Incident);
    private protected static readonly string OfAgent = BudgetAccount.OfAgent(ModelDesk.Agent);

    private protected ModelDesk Desk { get; } = new();

    private protected string[] Reserved => [$"reserve {OfRun}", $"reserve {OfIncident}", $"reserve {OfAgent}", "reserve project"];

    private protected Task<ModelReply> AskAsync() => Desk.Gateway.AskAsync(Desk.Envelope, default);
}
